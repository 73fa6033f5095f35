package dev.screenful.build;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measured cost of opening a screen with its example.
 *
 * @param name the screen
 * @param response the whole response
 * @param bytes the size of the response before compression
 * @param reads items read from the store
 * @param trips calls to the store
 * @param readUnits read units, as reported by DynamoDB
 * @param writeUnits write units, as reported by DynamoDB
 * @param millis the median duration in the function, on the machine that measured
 * @param subscription the cost of a subscription, if it is a live screen
 */
public record MeasuredScreen(
    String name,
    @Nullable Object response,
    int bytes,
    int reads,
    int trips,
    double readUnits,
    double writeUnits,
    double millis,
    @Nullable MeasuredSubscription subscription) {

  /**
   * The cost in the log line of a request.
   *
   * @param line the fields of the line
   */
  public static MeasuredScreen of(
      String name, @Nullable Object response, Map<?, ?> line, double millis) {
    return new MeasuredScreen(
        name,
        response,
        figure(line, "bytes").intValue(),
        figure(line, "items").intValue(),
        figure(line, "trips").intValue(),
        figure(line, "readUnits").doubleValue(),
        figure(line, "writeUnits").doubleValue(),
        millis,
        null);
  }

  /** This live screen, with the cost of a subscription. */
  public MeasuredScreen with(MeasuredSubscription cost) {
    return new MeasuredScreen(
        name, response, bytes, reads, trips, readUnits, writeUnits, millis, cost);
  }

  private static Number figure(Map<?, ?> line, String name) {
    if (line.get(name) instanceof Number number) {
      return number;
    }
    throw new IllegalStateException("The log line of the request has no '" + name + "'.");
  }
}
