package dev.screenful.store;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of the table, or the attributes of it that were read.
 *
 * <p>Attributes are decoded when they are read. Strings, numbers, booleans, lists and maps become
 * {@link String}, {@link Integer} / {@link Long} / {@link BigDecimal}, {@link Boolean}, {@link
 * List} and {@link Item}.
 */
public final class Item {

  private final Map<String, AttributeValue> attributes;

  Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /** An item to be written under a key. Null values are omitted. */
  public static Item of(Key key, Map<String, ? extends @Nullable Object> values) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(key.attributes());
    values.forEach((name, value) -> {
      if (value != null) {
        attributes.put(name, encode(value));
      }
    });
    return new Item(attributes);
  }

  /** This item with changed attributes. A null value removes an attribute. */
  public Item with(Map<String, ? extends @Nullable Object> changes) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(attributes);
    changes.forEach((name, value) -> {
      if (value == null) {
        changed.remove(name);
      } else {
        changed.put(name, encode(value));
      }
    });
    return new Item(changed);
  }

  /** The decoded value of an attribute; null if it is missing. */
  public @Nullable Object get(String attribute) {
    AttributeValue value = attributes.get(attribute);
    return value == null ? null : decode(value);
  }

  /** The key of the item; null for a map inside an item. */
  public @Nullable Key key() {
    return has(Key.PARTITION) ? Key.of(attributes) : null;
  }

  /** Whether the item has the attribute. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /**
   * A string attribute.
   *
   * @throws NoSuchElementException if it is missing, was not read, or has another type
   */
  public String text(String attribute) {
    if (get(attribute) instanceof String text) {
      return text;
    }
    throw missing("string", attribute);
  }

  /**
   * A number attribute as an integer.
   *
   * @throws NoSuchElementException if it is missing, was not read, or has another type
   */
  public long number(String attribute) {
    return numeric(attribute).longValue();
  }

  /**
   * A number attribute as a decimal.
   *
   * @throws NoSuchElementException if it is missing, was not read, or has another type
   */
  public double decimal(String attribute) {
    return numeric(attribute).doubleValue();
  }

  private Number numeric(String attribute) {
    if (get(attribute) instanceof Number number) {
      return number;
    }
    throw missing("number", attribute);
  }

  private static NoSuchElementException missing(String type, String attribute) {
    return new NoSuchElementException(
        "The item has no %s attribute '%s', or it was not read. Name the attributes that a resolver needs when you register it."
            .formatted(type, attribute));
  }

  Map<String, AttributeValue> attributes() {
    return attributes;
  }

  static AttributeValue encode(Object value) {
    return switch (value) {
      case String text -> AttributeValue.fromS(text);
      case Boolean flag -> AttributeValue.fromBool(flag);
      case Double number -> AttributeValue.fromN(BigDecimal.valueOf(number).toPlainString());
      case BigDecimal number -> AttributeValue.fromN(number.toPlainString());
      case Number number -> AttributeValue.fromN(number.toString());
      case Enum<?> constant -> AttributeValue.fromS(constant.name());
      case AttributeValue encoded -> encoded;
      case Item item -> AttributeValue.fromM(item.attributes());
      case List<?> list -> AttributeValue.fromL(list.stream().map(Item::encode).toList());
      case Map<?, ?> map ->
          AttributeValue.fromM(
              map.entrySet().stream()
                  .collect(
                      Collectors.toMap(e -> e.getKey().toString(), e -> encode(e.getValue()))));
      default ->
          throw new IllegalArgumentException(
              "A "
                  + value.getClass().getSimpleName()
                  + " can't be an attribute; use a string, number, boolean, list or map.");
    };
  }

  private static @Nullable Object decode(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> decoded(value.n());
      case BOOL -> value.bool();
      case L -> value.l().stream().map(Item::decode).toList();
      case M -> new Item(value.m());
      case SS -> value.ss();
      case NUL -> null;
      default ->
          throw new IllegalStateException(
              "Attributes of type " + value.type() + " are not supported.");
    };
  }

  /** Integers stay integers, so that the {@code Int} scalar accepts them without conversion. */
  private static Number decoded(String text) {
    BigDecimal number = new BigDecimal(text);
    if (number.stripTrailingZeros().scale() > 0) {
      return number;
    }
    long whole = number.longValueExact();
    return whole == (int) whole ? (Number) (int) whole : (Number) whole;
  }

  @Override
  public String toString() {
    return attributes.toString();
  }
}
