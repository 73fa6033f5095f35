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
 * One record of the table, or the part of it that was read.
 *
 * <p>Attributes are decoded when they are asked for, so what no one shows is not converted. Texts,
 * numbers, booleans, lists and maps come back as {@link String}, {@link Integer} / {@link Long} /
 * {@link BigDecimal}, {@link Boolean}, {@link List} and {@link Item}.
 */
public final class Item {

  private final Map<String, AttributeValue> attributes;

  Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /**
   * An item to be written under a key; a null value is left out, since DynamoDB items have no holes
   * to fill.
   */
  public static Item of(Key key, Map<String, ? extends @Nullable Object> values) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(key.attributes());
    values.forEach((name, value) -> {
      if (value != null) {
        attributes.put(name, encode(value));
      }
    });
    return new Item(attributes);
  }

  /**
   * This item with some attributes more, or with other values; a null value takes an attribute
   * away.
   */
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

  /** The decoded value of an attribute, or null where the item does not have it. */
  public @Nullable Object get(String attribute) {
    AttributeValue value = attributes.get(attribute);
    return value == null ? null : decode(value);
  }

  /** The key it was read or is written under, null for a map inside an item. */
  public @Nullable Key key() {
    return has(Key.PARTITION) ? Key.of(attributes) : null;
  }

  /** Whether the item has the attribute. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /**
   * The text of an attribute.
   *
   * @throws NoSuchElementException where the item has no such text, or it was not read
   */
  public String text(String attribute) {
    if (get(attribute) instanceof String text) {
      return text;
    }
    throw missing("text", attribute);
  }

  /**
   * The whole number of an attribute.
   *
   * @throws NoSuchElementException where the item has no such number, or it was not read
   */
  public long number(String attribute) {
    return numeric(attribute).longValue();
  }

  /**
   * The number of an attribute, whole or not.
   *
   * @throws NoSuchElementException where the item has no such number, or it was not read
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

  private static NoSuchElementException missing(String kind, String attribute) {
    return new NoSuchElementException(
        "The item has no %s '%s', or it was not read; a resolver that needs an attribute says so when it is registered."
            .formatted(kind, attribute));
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
                  + " can't be an attribute; store text, number, boolean, list or map.");
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
          throw new IllegalStateException("Attributes of type " + value.type() + " are not read.");
    };
  }

  /**
   * Integers come back as such, so that the {@code Int} scalar takes them without a detour through
   * decimals.
   */
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
