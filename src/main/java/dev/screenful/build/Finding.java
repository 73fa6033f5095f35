package dev.screenful.build;

/**
 * Something that a reader of the build should know of the schema folder.
 *
 * @param isError whether it stops the build
 * @param text what is wrong, where, and what to do
 */
public record Finding(boolean isError, String text) {

  static Finding error(String text) {
    return new Finding(true, text);
  }

  static Finding warning(String text) {
    return new Finding(false, text);
  }
}
