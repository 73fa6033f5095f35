package dev.screenful.telemetry;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a function that sends traces.
 *
 * @param traces the URL that receives them
 * @param resource the attributes of the function, by OpenTelemetry's names
 * @param timeout how long a request waits for the collector
 * @param ratio the part of the traces that are sampled, from 0 to 1
 * @param followsParent whether a trace that began elsewhere is sampled as decided there
 */
public record TracingSettings(
    URI traces,
    Map<String, String> resource,
    Duration timeout,
    double ratio,
    boolean followsParent) {

  /** A collector on the same machine answers in a few milliseconds. */
  private static final int TIMEOUT = 250;

  private static final int MAX_TIMEOUT = 10_000;

  /**
   * Checks the values of OpenTelemetry's environment variables; an empty one is as if not set.
   *
   * @param endpoint {@code OTEL_EXPORTER_OTLP_ENDPOINT}: the base URL of a collector
   * @param timeout {@code OTEL_EXPORTER_OTLP_TIMEOUT}: milliseconds, by default 250
   * @param service {@code OTEL_SERVICE_NAME}: by default the name of the function
   * @param sampler {@code OTEL_TRACES_SAMPLER}: by default {@code parentbased_traceidratio}
   * @param ratio {@code OTEL_TRACES_SAMPLER_ARG}: by default 1
   * @param environment the other environment variables of the function
   * @throws IllegalArgumentException if a value is invalid; the message names its variable
   */
  public static TracingSettings of(
      String endpoint,
      String timeout,
      String service,
      String sampler,
      String ratio,
      Map<String, String> environment) {
    return new TracingSettings(
        traces(endpoint),
        resource(service, environment),
        timeout(timeout),
        ratio(ratio),
        switch (sampler) {
          case "", "parentbased_traceidratio" -> true;
          case "traceidratio" -> false;
          default ->
              throw new IllegalArgumentException(
                  "OTEL_TRACES_SAMPLER must be parentbased_traceidratio or traceidratio, not %s."
                      .formatted(sampler));
        });
  }

  private static URI traces(String endpoint) {
    try {
      URI uri = URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
      boolean isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (isWeb
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri.resolve("v1/traces");
      }
    } catch (IllegalArgumentException malformed) {
      // below
    }
    throw new IllegalArgumentException(
        "OTEL_EXPORTER_OTLP_ENDPOINT must be the base URL of a collector, such as http://localhost:4318.");
  }

  private static Duration timeout(String text) {
    try {
      int millis = text.isEmpty() ? TIMEOUT : Integer.parseInt(text);
      if (millis >= 1 && millis <= MAX_TIMEOUT) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException notANumber) {
      // below
    }
    throw new IllegalArgumentException(
        "OTEL_EXPORTER_OTLP_TIMEOUT must be a number of milliseconds from 1 to %d, not %s."
            .formatted(MAX_TIMEOUT, text));
  }

  private static double ratio(String text) {
    try {
      double ratio = text.isEmpty() ? 1 : Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException notANumber) {
      // below
    }
    throw new IllegalArgumentException(
        "OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not %s.".formatted(text));
  }

  private static Map<String, String> resource(String service, Map<String, String> environment) {
    Map<String, String> resource = new LinkedHashMap<>();
    String function = environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "");
    if (!function.isEmpty()) {
      resource.put("cloud.provider", "aws");
      resource.put("cloud.platform", "aws_lambda");
      resource.put("cloud.region", environment.getOrDefault("AWS_REGION", ""));
      resource.put("faas.name", function);
      resource.put("faas.version", environment.getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", ""));
    }
    String otherwise = function.isEmpty() ? "unknown_service:java" : function;
    resource.put("service.name", service.isEmpty() ? otherwise : service);
    return resource;
  }
}
