package dev.screenful;

import dev.screenful.execution.ExecutionSettings;
import dev.screenful.http.HttpSettings;
import dev.screenful.identity.Issuer;
import dev.screenful.screens.DocumentSettings;
import dev.screenful.screens.Safelist;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
 */
public record Settings(
    Path schemaFolder,
    String tableName,
    Optional<Issuer> issuer,
    DocumentSettings documents,
    ExecutionSettings execution,
    HttpSettings http,
    Optional<String> metricsNamespace,
    Set<String> clients) {

  public Settings {
    clients = Set.copyOf(clients);
  }

  /**
   * Reads the settings of a Lambda function. The schema folder is next to the function's code, in
   * {@code LAMBDA_TASK_ROOT}.
   *
   * @throws IllegalArgumentException if a variable is missing or invalid; the message names it
   */
  public static Settings of(Map<String, String> environment) {
    return of(Path.of(required(environment, "LAMBDA_TASK_ROOT"), "schema"), environment);
  }

  /**
   * Reads the settings from environment variables. Lists are separated by commas:
   *
   * <ul>
   *   <li>{@code TABLE_NAME}, required: the name of the DynamoDB table;
   *   <li>{@code CURSOR_SECRET}, required: see {@link ExecutionSettings#cursorSecret};
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
   *   <li>{@code METRICS_NAMESPACE} and {@code CLIENTS}: see {@link #metricsNamespace} and {@link
   *       #clients}; by default none.
   * </ul>
   *
   * @throws IllegalArgumentException if a variable is missing or invalid; the message names it
   */
  public static Settings of(Path schemaFolder, Map<String, String> environment) {
    int writesPerMinute =
        number("WRITES_PER_MINUTE", environment.getOrDefault("WRITES_PER_MINUTE", "60"));
    return new Settings(
        schemaFolder,
        required(environment, "TABLE_NAME"),
        issuer(environment),
        new DocumentSettings(
            safelist(environment.getOrDefault("SAFELIST", "known-screens")),
            isOn("PERSISTED_QUERIES", environment.getOrDefault("PERSISTED_QUERIES", "on")),
            writesPerMinute),
        new ExecutionSettings(
            required(environment, "CURSOR_SECRET"),
            Duration.ofDays(number("ONCE_DAYS", environment.getOrDefault("ONCE_DAYS", "7"))),
            writesPerMinute),
        new HttpSettings(
            number("BATCH_LIMIT", environment.getOrDefault("BATCH_LIMIT", "0")),
            list(environment.getOrDefault("CORS_ORIGINS", ""))),
        Optional.ofNullable(environment.get("METRICS_NAMESPACE")).filter(name -> !name.isEmpty()),
        list(environment.getOrDefault("CLIENTS", "")));
  }

  private static String required(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .orElseThrow(() ->
            new IllegalArgumentException("The environment variable " + variable + " must be set."));
  }

  private static Optional<Issuer> issuer(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("ISSUER"))
        .filter(uri -> !uri.isEmpty())
        .map(uri ->
            Issuer.of(
                uri,
                list(environment.getOrDefault("CLIENT_IDS", "")),
                environment.getOrDefault("ROLES_CLAIM", "cognito:groups")));
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

  private static boolean isOn(String variable, String value) {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new IllegalArgumentException(variable + " must be on or off, not " + value + ".");
    };
  }

  private static int number(String variable, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          variable + " must be a whole number, not " + value + ".", notANumber);
    }
  }

  private static Set<String> list(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
