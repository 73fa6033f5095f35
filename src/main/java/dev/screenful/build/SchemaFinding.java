package dev.screenful.build;

/**
 * An error or a warning about the schema folder.
 *
 * @param isError whether it fails the build
 * @param text the problem, its location and the remedy
 */
public record SchemaFinding(boolean isError, String text) {

  static SchemaFinding error(String text) {
    return new SchemaFinding(true, text);
  }

  static SchemaFinding warning(String text) {
    return new SchemaFinding(false, text);
  }
}
