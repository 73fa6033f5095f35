package dev.screenful.resolver;

import java.util.Optional;

/**
 * An id that is one of its kind among all types, as {@code Node.id} is: the type and what tells its
 * objects apart, with a colon between them. To clients it is a text without a meaning.
 *
 * @param type the object's type in the SDL
 * @param local tells it from the others of the type
 * @see <a href="https://graphql.org/learn/global-object-identification/">Global object
 *     identification</a>
 */
public record NodeId(String type, String local) {

  private static final char SEPARATOR = ':';

  /** The id that a text stands for, empty where it is none. */
  public static Optional<NodeId> parse(String text) {
    int separator = text.indexOf(SEPARATOR);
    return separator < 0
        ? Optional.empty()
        : Optional.of(new NodeId(text.substring(0, separator), text.substring(separator + 1)));
  }

  /** The id as clients see it. */
  @Override
  public String toString() {
    return type + SEPARATOR + local;
  }
}
