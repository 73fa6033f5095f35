package dev.screenful.schema;

import dev.screenful.store.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a scalar can have. */
public final class LeafValue {

  private LeafValue() {}

  /**
   * Whether a value is one value, not a map, a list or binary, which graphql-java's scalars of text
   * would write in Java's notation.
   */
  public static boolean is(@Nullable Object value) {
    return !(value instanceof Item
        || value instanceof Map
        || value instanceof Iterable
        || value instanceof byte[]);
  }
}
