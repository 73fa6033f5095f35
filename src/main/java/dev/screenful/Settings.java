package dev.screenful;

import dev.screenful.execution.ExecutionSettings;
import dev.screenful.http.HttpSettings;
import dev.screenful.identity.Issuer;
import dev.screenful.screens.DocumentSettings;
import dev.screenful.screens.Safelist;
import dev.screenful.telemetry.TracingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of one deployment of an app.
 *
 * @param schemaFolder the folder of the SDL files and the screens
 * @param tableName the name of the DynamoDB table
 * @param issuer the trusted token issuer; if empty, every token is rejected
 * @param documents the settings for documents
 * @param execution the settings for executing operations
 * @param http the settings for HTTP
 * @param metricsNamespace the CloudWatch namespace of the metrics; if empty, none are written
 * @param clients the apps with metrics of their own, as {@code NAME} or {@code NAME/VERSION}; all
 *     other apps are counted together
 * @param tracing where traces are sent; if empty, no request is traced
 */
public record Settings(
    Path schemaFolder,
    String tableName,
    Optional<Issuer> issuer,
    DocumentSettings documents,
    ExecutionSettings execution,
    HttpSettings http,
    Optional<String> metricsNamespace,
    Set<String> clients,
    Optional<TracingSettings> tracing) {

  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.:/-]{1,1024}");

  /** CloudWatch's rule for namespaces; those that begin with {@code AWS/} are its own. */
  private static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[a-zA-Z0-9 ._/#:-]{1,255}");

  public Settings {
    clients = Set.copyOf(clients);
    if (!TABLE.matcher(tableName).matches()) {
      throw new IllegalArgumentException(
          "TABLE_NAME must be the name or the ARN of a DynamoDB table, not '%s'."
              .formatted(tableName));
    }
    if (metricsNamespace.isPresent() && !NAMESPACE.matcher(metricsNamespace.get()).matches()) {
      throw new IllegalArgumentException(
          "METRICS_NAMESPACE must consist of letters, digits, spaces and . - _ / # : and must not begin with AWS/.");
    }
  }

  /** These settings with others for HTTP. */
  public Settings with(HttpSettings other) {
    return new Settings(
        schemaFolder,
        tableName,
        issuer,
        documents,
        execution,
        other,
        metricsNamespace,
        clients,
        tracing);
  }

  /**
   * Reads the settings of a Lambda function. The schema folder is next to the function's code, in
   * {@code LAMBDA_TASK_ROOT}.
   *
   * @throws IllegalArgumentException if a variable is missing or invalid; the message names it
   */
  public static Settings of(Map<String, String> environment) {
    return of(
        Path.of(new Variables(environment).required("LAMBDA_TASK_ROOT"), "schema"), environment);
  }

  /**
   * Reads the settings from environment variables. Lists are separated by commas:
   *
   * <ul>
   *   <li>{@code TABLE_NAME}, required: the name of the DynamoDB table;
   *   <li>{@code CURSOR_SECRET}, required, signs cursors and sync tokens; {@code
   *       OTHER_CURSOR_SECRET}: tokens of this secret are accepted too, by default none; see {@link
   *       ExecutionSettings#cursorSecrets};
   *   <li>{@code ISSUER}: the URL of the trusted OpenID Connect issuer; by default none;
   *   <li>{@code CLIENT_IDS}, required with {@code ISSUER}: the client ids of the accepted apps;
   *   <li>{@code ROLES_CLAIM}: the claim that lists the caller's roles; by default {@code
   *       cognito:groups};
   *   <li>{@code SAFELIST}: {@code known-screens}, the default, or {@code open};
   *   <li>{@code PERSISTED_QUERIES}: {@code on}, the default, or {@code off};
   *   <li>{@code ONCE_DAYS}: the days for which a repeated mutation is recognised; by default 7;
   *   <li>{@code WRITES_PER_MINUTE}: the mutations that a caller may run in a minute, and the
   *       documents that a caller may register in a minute; by default 60;
   *   <li>{@code BATCH_LIMIT}: the maximum number of requests in a body, up to 10; by default 0,
   *       which refuses batches;
   *   <li>{@code CORS_ORIGINS}: the origins of web pages that may call, or {@code *} for all; by
   *       default none;
   *   <li>{@code CORS_HEADERS}: the request headers that these pages may send; by default {@link
   *       HttpSettings#CORS_HEADERS};
   *   <li>{@code METRICS_NAMESPACE} and {@code CLIENTS}: see {@link #metricsNamespace} and {@link
   *       #clients}; by default none;
   *   <li>{@code OTEL_EXPORTER_OTLP_ENDPOINT}, by default none, and {@code
   *       OTEL_EXPORTER_OTLP_TIMEOUT}, {@code OTEL_SERVICE_NAME}, {@code OTEL_TRACES_SAMPLER},
   *       {@code OTEL_TRACES_SAMPLER_ARG}: see {@link TracingSettings#of}.
   * </ul>
   *
   * @throws IllegalArgumentException if a variable is missing or invalid; the message names it
   */
  public static Settings of(Path schemaFolder, Map<String, String> environment) {
    Variables variables = new Variables(environment);
    int writesPerMinute = variables.number("WRITES_PER_MINUTE", "60");
    return new Settings(
        schemaFolder,
        variables.required("TABLE_NAME"),
        issuer(variables),
        new DocumentSettings(
            safelist(variables.text("SAFELIST", "known-screens")),
            variables.isOn("PERSISTED_QUERIES", "on"),
            writesPerMinute),
        new ExecutionSettings(
            cursorSecrets(variables),
            Duration.ofDays(variables.number("ONCE_DAYS", "7")),
            writesPerMinute),
        new HttpSettings(
            variables.number("BATCH_LIMIT", "0"),
            variables.list("CORS_ORIGINS", ""),
            variables.list("CORS_HEADERS", HttpSettings.CORS_HEADERS)),
        Optional.of(variables.text("METRICS_NAMESPACE", "")).filter(name -> !name.isEmpty()),
        Set.copyOf(variables.list("CLIENTS", "")),
        tracing(variables));
  }

  private static Optional<TracingSettings> tracing(Variables variables) {
    String endpoint = variables.text("OTEL_EXPORTER_OTLP_ENDPOINT", "");
    return endpoint.isEmpty()
        ? Optional.empty()
        : Optional.of(
            TracingSettings.of(
                endpoint,
                variables.text("OTEL_EXPORTER_OTLP_TIMEOUT", ""),
                variables.text("OTEL_SERVICE_NAME", ""),
                variables.text("OTEL_TRACES_SAMPLER", ""),
                variables.text("OTEL_TRACES_SAMPLER_ARG", ""),
                variables.environment()));
  }

  private static List<String> cursorSecrets(Variables variables) {
    String secret = variables.required("CURSOR_SECRET");
    String other = variables.text("OTHER_CURSOR_SECRET", "");
    return other.isEmpty() ? List.of(secret) : List.of(secret, other);
  }

  private static Optional<Issuer> issuer(Variables variables) {
    String uri = variables.text("ISSUER", "");
    return uri.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Issuer.of(
                uri,
                Set.copyOf(variables.list("CLIENT_IDS", "")),
                variables.text("ROLES_CLAIM", "cognito:groups")));
  }

  private static Safelist safelist(String value) {
    return switch (value) {
      case "known-screens" -> Safelist.KNOWN_SCREENS;
      case "open" -> Safelist.OPEN;
      default ->
          throw new IllegalArgumentException(
              "SAFELIST must be known-screens or open, not " + value + ".");
    };
  }

  /** Environment variables by name. */
  private record Variables(Map<String, String> environment) {

    String required(String variable) {
      if (!environment.containsKey(variable)) {
        throw new IllegalArgumentException(
            "The environment variable " + variable + " must be set.");
      }
      return text(variable, "");
    }

    /**
     * The value of a variable. CloudFormation replaces references when it deploys; tools that run
     * the function elsewhere, such as {@code sam local}, pass them on as they are.
     */
    String text(String variable, String otherwise) {
      String value = environment.getOrDefault(variable, otherwise);
      if (value.contains("{{resolve:")) {
        throw new IllegalArgumentException(
            variable + " is a reference that was not resolved; set it to the value itself.");
      }
      return value;
    }

    boolean isOn(String variable, String otherwise) {
      return switch (text(variable, otherwise)) {
        case "on" -> true;
        case "off" -> false;
        case String value ->
            throw new IllegalArgumentException(variable + " must be on or off, not " + value + ".");
      };
    }

    int number(String variable, String otherwise) {
      String value = text(variable, otherwise);
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException(
            variable + " must be a whole number, not " + value + ".", notANumber);
      }
    }

    List<String> list(String variable, String otherwise) {
      return Arrays.stream(text(variable, otherwise).split(",", -1))
          .map(String::strip)
          .filter(entry -> !entry.isEmpty())
          .distinct()
          .toList();
    }
  }
}
