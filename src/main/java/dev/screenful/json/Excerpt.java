package dev.screenful.json;

/**
 * The beginning of a text that a client sent, to be quoted in an error or in the log. It never ends
 * between the two halves of a surrogate pair.
 */
public final class Excerpt {

  /** The characters that an error or a log line repeats of each text from the client. */
  public static final int LENGTH = 64;

  private Excerpt() {}

  /** A text of at most {@link #LENGTH} characters; a longer one ends with an ellipsis. */
  public static String of(String text) {
    return text.length() <= LENGTH ? text : start(text, LENGTH - 1) + "…";
  }

  /** The first characters of a text, at most a number of them. */
  public static String start(String text, int length) {
    int end = Math.min(text.length(), length);
    boolean splitsPair = end < text.length() && Character.isLowSurrogate(text.charAt(end));
    return text.substring(0, splitsPair ? end - 1 : end);
  }
}
