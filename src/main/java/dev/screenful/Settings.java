package dev.screenful;

import dev.screenful.execution.ExecutionSettings;
import dev.screenful.http.HttpSettings;
import dev.screenful.identity.Issuer;
import dev.screenful.screens.DocumentSettings;
import dev.screenful.screens.Safelist;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What differs between deployments of one app.
 *
 * @param schemaFolder where SDL and screens are
 * @param tableName the table of this deployment
 * @param issuer whose tokens are trusted; empty for nobody's
 * @param documents which documents are taken
 * @param execution how operations are executed
 * @param http what is taken by HTTP
 * @param metricsNamespace the CloudWatch namespace that metrics go to; empty for none
 * @param clients the apps that metrics tell apart, as {@code NAME} or {@code NAME/VERSION}
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
   * The settings of a function. Its schema folder lies where its code does, which Lambda tells in
   * {@code LAMBDA_TASK_ROOT}.
   *
   * @throws IllegalArgumentException naming the variable that is missing or can't be used
   */
  public static Settings of(Map<String, String> environment) {
    return of(Path.of(required(environment, "LAMBDA_TASK_ROOT"), "schema"), environment);
  }

  /**
   * The settings of some environment variables:
   *
   * <ul>
   *   <li>{@code TABLE_NAME} and {@code CURSOR_SECRET} are required;
   *   <li>{@code ISSUER}, {@code CLIENT_IDS} and {@code ROLES_CLAIM}: the URL of an OpenID Connect
   *       issuer, the apps whose tokens are taken, with commas between them, and the claim with the
   *       roles, by default {@code cognito:groups};
   *   <li>{@code SAFELIST}: {@code known-screens}, which is the default, or {@code open};
   *   <li>{@code PERSISTED_QUERIES}: {@code on}, which is the default, or {@code off};
   *   <li>{@code ONCE_DAYS}: the days for which a repeated mutation is known as one, by default 7;
   *   <li>{@code WRITES_PER_MINUTE}: how many mutations a caller may make in a minute, and how many
   *       documents they may register, by default 60;
   *   <li>{@code BATCH_LIMIT}: the most requests in one body, up to 10; by default 0, and no
   *       batches are taken;
   *   <li>{@code CORS_ORIGINS}: the web pages that may call, as origins with commas between them,
   *       or {@code *} for all;
   *   <li>{@code METRICS_NAMESPACE} and {@code CLIENTS}: see {@link #metricsNamespace} and {@link
   *       #clients}.
   * </ul>
   *
   * @throws IllegalArgumentException naming the variable that is missing or can't be used
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
            new IllegalArgumentException("The environment variable " + variable + " is not set."));
  }

  private static Optional<Issuer> issuer(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("ISSUER"))
        .filter(uri -> !uri.isEmpty())
        .map(uri ->
            new Issuer(
                URI.create(uri),
                list(environment.getOrDefault("CLIENT_IDS", "")),
                environment.getOrDefault("ROLES_CLAIM", "cognito:groups")));
  }

  private static Safelist safelist(String value) {
    return switch (value) {
      case "known-screens" -> Safelist.KNOWN_SCREENS;
      case "open" -> Safelist.OPEN;
      default ->
          throw new IllegalArgumentException(
              "SAFELIST is known-screens or open, not " + value + ".");
    };
  }

  private static boolean isOn(String variable, String value) {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException(variable + " is on or off, not " + value + ".");
    };
  }

  private static int number(String variable, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(variable + " is a number, not " + value + ".", notANumber);
    }
  }

  private static Set<String> list(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
