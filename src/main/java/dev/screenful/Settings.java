package dev.screenful;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between deployments of one app.
 *
 * @param schemaFolder where SDL and screens are
 * @param tableName the table of this deployment
 * @param cursorSecret signs cursors, the same in all of a deployment's environments, at least 32
 *     characters
 */
public record Settings(Path schemaFolder, String tableName, String cursorSecret) {

  public Settings {
    if (cursorSecret.length() < 32) {
      throw new IllegalArgumentException(
          "CURSOR_SECRET has at least 32 characters; let the template make one.");
    }
  }

  /**
   * The settings of a function, from {@code TABLE_NAME} and {@code CURSOR_SECRET}. The schema
   * folder lies where the function's code does, which Lambda tells in {@code LAMBDA_TASK_ROOT}.
   *
   * @throws IllegalArgumentException naming the variable that is missing
   */
  public static Settings of(Map<String, String> environment) {
    return new Settings(
        Path.of(required(environment, "LAMBDA_TASK_ROOT"), "schema"),
        required(environment, "TABLE_NAME"),
        required(environment, "CURSOR_SECRET"));
  }

  private static String required(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The environment variable " + variable + " is not set."));
  }

  @Override
  public String toString() {
    return "Settings[schemaFolder=%s, tableName=%s]"
        .formatted(schemaFolder, tableName); // never the secret
  }
}
