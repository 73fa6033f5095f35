package dev.screenful.build;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Public on-demand prices, from {@code prices.json} with their date.
 *
 * @param figures the content of the file
 */
record Prices(Map<?, ?> figures) {

  private static final double MILLION = 1e6;
  private static final double GIGABYTE = 1e9;

  /** The client connects, initialises the connection, subscribes and leaves. */
  private static final int SUBSCRIPTION_INVOCATIONS = 4;

  /** {@code connection_init}, {@code connection_ack}, {@code subscribe} and {@code next}. */
  private static final int SUBSCRIPTION_MESSAGES = 4;

  /** The prices of the file. */
  static Prices read() {
    try (InputStream in =
        Objects.requireNonNull(Prices.class.getResourceAsStream("prices.json"), "prices.json")) {
      if (Json.read(in.readAllBytes()) instanceof Map<?, ?> figures) {
        return new Prices(figures);
      }
      throw new IllegalStateException("prices.json must be a JSON object.");
    } catch (MalformedJson | IOException unreadable) {
      throw new UncheckedIOException(new IOException("prices.json can't be read.", unreadable));
    }
  }

  /** The cost of a million openings of a screen in US dollars, by service. */
  Map<String, Double> perMillion(MeasuredScreen screen) {
    return total(
        screen.readUnits() * price("readUnitsPerMillion")
            + screen.writeUnits() * price("writeUnitsPerMillion"),
        price("lambdaRequestsPerMillion") + lambda(screen.millis()),
        price("apiRequestsPerMillion"));
  }

  /**
   * The cost of a million subscriptions in US dollars, by service: a client connects, subscribes,
   * is sent the first answer, stays for the minutes that {@code prices.json} assumes, and leaves.
   */
  Map<String, Double> perMillionSubscriptions(
      MeasuredScreen screen, MeasuredSubscription subscription) {
    return total(
        (screen.readUnits() + subscription.readUnits()) * price("readUnitsPerMillion")
            + (screen.writeUnits() + subscription.writeUnits()) * price("writeUnitsPerMillion"),
        SUBSCRIPTION_INVOCATIONS * price("lambdaRequestsPerMillion")
            + lambda(subscription.millis()),
        SUBSCRIPTION_MESSAGES * price("webSocketMessagesPerMillion")
            + price("webSocketMinutes") * price("webSocketMinutesPerMillion"));
  }

  /**
   * The cost of a million changes with a new answer for one subscriber in US dollars, by service.
   * Lambda reads the stream free of charge. The units of the engine itself are those in {@code
   * prices.json}, which a test holds against a measured change.
   */
  Map<String, Double> perMillionChanges(MeasuredScreen screen) {
    return total(
        (screen.readUnits() + price("changeReadUnits")) * price("readUnitsPerMillion")
            + price("changeWriteUnits") * price("writeUnitsPerMillion"),
        price("lambdaRequestsPerMillion") + lambda(screen.millis()),
        price("webSocketMessagesPerMillion"));
  }

  /**
   * The cost of a million openings of a screen in US dollars, line by line of the bill.
   *
   * @param bytes those of the response
   * @param logBytes those of the log
   */
  Map<String, Double> billPerMillion(
      double readUnits, double writeUnits, double millis, double bytes, double logBytes) {
    Map<String, Double> lines = new LinkedHashMap<>();
    lines.put("DynamoDB, reads", readUnits * price("readUnitsPerMillion"));
    lines.put("DynamoDB, writes", writeUnits * price("writeUnitsPerMillion"));
    lines.put("Lambda, requests", price("lambdaRequestsPerMillion"));
    lines.put("Lambda, duration", lambda(millis));
    lines.put("API Gateway, requests", price("apiRequestsPerMillion"));
    lines.put("data transfer", bytes * MILLION / GIGABYTE * price("dataOutGigabyte"));
    lines.put("CloudWatch Logs", logBytes * MILLION / GIGABYTE * price("logGigabyte"));
    return lines;
  }

  /**
   * The cost of requests in US dollars, as an expression of the figures in their log lines. It is
   * valid in queries of the log and in metric math. Data transfer is that of responses before
   * compression.
   *
   * @param requests the number of requests
   * @param megabytes the memory of the function
   */
  String expression(String requests, String megabytes) {
    double request = price("lambdaRequestsPerMillion") + price("apiRequestsPerMillion");
    double gigabyte = lambda(1) / price("lambdaGigabytes");
    return "(%s * %s + %s * readUnits + %s * writeUnits + %s * ms * %s / 1024 + %s * bytes) / 1000000"
        .formatted(
            plain(request),
            requests,
            plain(price("readUnitsPerMillion")),
            plain(price("writeUnitsPerMillion")),
            plain(gigabyte),
            megabytes,
            plain(MILLION / GIGABYTE * price("dataOutGigabyte")));
  }

  /** A number without an exponent. */
  private static String plain(double price) {
    return new BigDecimal(price, new MathContext(9)).stripTrailingZeros().toPlainString();
  }

  private Map<String, Double> total(double dynamoDb, double lambda, double gateway) {
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put("DynamoDB", dynamoDb);
    costs.put("Lambda", lambda);
    costs.put("API Gateway", gateway);
    costs.put("all", dynamoDb + lambda + gateway);
    return costs;
  }

  private double lambda(double millis) {
    return MILLION * (millis / 1000.0) * price("lambdaGigabytes") * price("lambdaGigabyteSecond");
  }

  private double price(String name) {
    if (figures.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalStateException("prices.json has no '" + name + "'.");
  }
}
