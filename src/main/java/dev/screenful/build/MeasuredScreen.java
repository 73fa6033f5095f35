package dev.screenful.build;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to open a screen as its example says.
 *
 * @param name the screen
 * @param response the whole response
 * @param bytes of it, before it is compressed
 * @param reads items read in the store
 * @param trips calls to the store
 * @param readUnits as DynamoDB reports them
 * @param writeUnits as DynamoDB reports them
 * @param millis in the function, the median of some openings; on the machine that measured
 */
public record MeasuredScreen(
    String name,
    @Nullable Object response,
    int bytes,
    int reads,
    int trips,
    double readUnits,
    double writeUnits,
    double millis) {

  /**
   * What a request's line in the log says that it cost.
   *
   * @param line the line
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
        millis);
  }

  private static Number figure(Map<?, ?> line, String name) {
    if (line.get(name) instanceof Number number) {
      return number;
    }
    throw new IllegalStateException("The request's line in the log has no '" + name + "'.");
  }
}
