package dev.screenful.json;

/**
 * Thrown if a JSON string has half of a surrogate pair, such as {@code \\ud83d} alone. It is valid
 * JSON, but no text: it can't be written in UTF-8.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.2">RFC 8259, section 8.2</a>
 */
public final class LoneSurrogate extends MalformedJson {

  private static final long serialVersionUID = 1;

  LoneSurrogate() {
    super("A string has half of a surrogate pair.");
  }
}
