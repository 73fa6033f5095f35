package dev.screenful.build;

/**
 * Something that a reader of the build should know of the schema folder.
 *
 * @param isError whether it stops the build
 * @param text what is wrong, where, and what to do
 */
public record SchemaFinding(boolean isError, String text) {

  static SchemaFinding error(String text) {
    return new SchemaFinding(true, text);
  }

  static SchemaFinding warning(String text) {
    return new SchemaFinding(false, text);
  }
}
