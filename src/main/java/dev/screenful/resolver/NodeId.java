package dev.screenful.resolver;

import java.util.Optional;

/**
 * A globally unique id, as {@code Node.id} requires: the type and a local part, separated by a
 * colon. Clients treat it as opaque.
 *
 * @param type the object's type in the SDL
 * @param local the part that is unique within the type
 * @see <a href="https://graphql.org/learn/global-object-identification/">Global object
 *     identification</a>
 */
public record NodeId(String type, String local) {

  private static final char SEPARATOR = ':';

  /** Parses an id; empty if the string has another form. */
  public static Optional<NodeId> parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    return separator < 0
        ? Optional.empty()
        : Optional.of(new NodeId(text.substring(0, separator), text.substring(separator + 1)));
  }

  /** The id as sent to clients. */
  @Override
  public String toString() {
    return type + SEPARATOR + local;
  }
}
