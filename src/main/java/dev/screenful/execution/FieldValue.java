package dev.screenful.execution;

import dev.screenful.schema.AppScalar;
import dev.screenful.store.Item;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a field. graphql-java's scalars for strings and ids accept every value and send its
 * Java text, even that of a whole item. So values that no scalar can have are refused here. A map
 * becomes an item without a key, so that the fields below it have the same kind of parent.
 */
final class FieldValue {

  private FieldValue() {}

  /**
   * A value for a field of a type. Bytes become base64, as in DynamoDB's API.
   *
   * @throws IllegalStateException if the type is a scalar or an enum and the value an object or a
   *     list
   */
  static @Nullable Object of(GraphQLType type, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Number number -> number;
      default -> GraphQLTypeUtil.isLeaf(type) ? leaf(type, value) : object(value);
    };
  }

  @SuppressWarnings("unchecked") // maps of resolvers have the names of fields as keys
  private static @Nullable Object object(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Item item -> item;
      case Map<?, ?> map -> Item.of((Map<String, @Nullable Object>) map);
      case Optional<?> optional -> object(optional.orElse(null));
      case Iterable<?> list when containsMap(list) -> {
        List<@Nullable Object> objects = new ArrayList<>();
        for (Object entry : list) {
          objects.add(object(entry));
        }
        yield objects;
      }
      default -> value;
    };
  }

  private static boolean containsMap(Iterable<?> list) {
    for (Object entry : list) {
      if (entry instanceof Map || entry instanceof Optional || entry instanceof Iterable) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object leaf(GraphQLType type, @Nullable Object value) {
    return switch (value) {
      case ByteBuffer bytes -> base64(bytes);
      case Iterable<?> list when GraphQLTypeUtil.unwrapNonNull(type) instanceof GraphQLList many ->
          leaves(many.getWrappedType(), list);
      case Item item when item.key() != null || !AppScalar.is(type) ->
          throw refused("an object", type);
      case Iterable<?> list when !AppScalar.is(type) -> throw refused("a list", type);
      case Map<?, ?> map when !AppScalar.is(type) -> throw refused("an object", type);
      case Item map -> json(map.attributes());
      case Iterable<?> list -> json(list);
      case null, default -> value;
    };
  }

  private static List<@Nullable Object> leaves(GraphQLType type, Iterable<?> list) {
    List<@Nullable Object> leaves = new ArrayList<>();
    for (Object entry : list) {
      leaves.add(leaf(type, entry));
    }
    return leaves;
  }

  /** A list or a map of an item as JSON, for a scalar that an app registered. */
  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case ByteBuffer bytes -> base64(bytes);
      case Item map -> json(map.attributes());
      case Iterable<?> list -> {
        List<@Nullable Object> entries = new ArrayList<>();
        for (Object entry : list) {
          entries.add(json(entry));
        }
        yield entries;
      }
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> fields.put(name.toString(), json(field)));
        yield fields;
      }
      case null, default -> value;
    };
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }

  private static IllegalStateException refused(String value, GraphQLType type) {
    return new IllegalStateException(
        "A field of the type %s can't be %s.".formatted(GraphQLTypeUtil.simplePrint(type), value));
  }
}
