package dev.screenful.store;

import dev.screenful.dynamodb.Attributes;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item of the table, or the attributes of it that were read.
 *
 * <p>Strings, numbers, booleans, bytes, lists, maps and sets are {@link String}, {@link Integer} /
 * {@link Long} / {@link BigDecimal}, {@link Boolean}, {@link ByteBuffer}, {@link List}, {@link
 * Item} and {@link Set}. DynamoDB stores the value of a number, not its scale: 1.50 is read as 1.5.
 * A null attribute counts as missing.
 */
public final class Item {

  private final Map<String, @Nullable Object> attributes;
  private final Projection read;

  /** An item with all of its attributes. */
  Item(Map<String, @Nullable Object> attributes) {
    this(attributes, Projection.whole());
  }

  /**
   * An item of which some attributes were read.
   *
   * @param read the attributes that were read; an item may lack some of them
   */
  Item(Map<String, @Nullable Object> attributes, Projection read) {
    this.attributes = attributes;
    this.read = read;
  }

  /**
   * An item without a key, as resolvers see a map. It can't be written. Its values stay as they
   * are.
   */
  public static Item of(Map<String, ? extends @Nullable Object> values) {
    return new Item(Collections.unmodifiableMap(values));
  }

  /** An item to be written under a key. Null values are omitted. */
  public static Item of(Key key, Map<String, ? extends @Nullable Object> values) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>(key.attributes());
    values.forEach((name, value) -> {
      if (value != null) {
        attributes.put(name, stored(value));
      }
    });
    return new Item(attributes);
  }

  /** This item with changed attributes. A null value removes an attribute. */
  public Item with(Map<String, ? extends @Nullable Object> changes) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(attributes);
    changes.forEach((name, value) -> {
      if (value == null) {
        changed.remove(name);
      } else {
        changed.put(name, stored(value));
      }
    });
    return new Item(changed, read.plus(changes.keySet()));
  }

  /** The value of an attribute; null if it is missing. */
  public @Nullable Object get(String attribute) {
    return shown(attributes.get(attribute));
  }

  /**
   * The value of an attribute; null if the item lacks it.
   *
   * @throws NoSuchElementException if the attribute was not read
   */
  public @Nullable Object known(String attribute) {
    Object value = get(attribute);
    if (value == null && !read.has(attribute)) {
      throw notRead(attribute);
    }
    return value;
  }

  /** The key of the item; null for a map inside an item. */
  public @Nullable Key key() {
    return get(Key.PARTITION) instanceof String && get(Key.SORT) instanceof String
        ? Key.of(attributes)
        : null;
  }

  /** Whether the item has the attribute. */
  public boolean has(String attribute) {
    return attributes.get(attribute) != null;
  }

  /**
   * A string attribute, or the string that a value would be stored as.
   *
   * @throws NoSuchElementException if it is missing, was not read, or has another type
   */
  public String text(String attribute) {
    if (stored(get(attribute)) instanceof String text) {
      return text;
    }
    throw missing("string", attribute);
  }

  /**
   * A number attribute as an integer.
   *
   * @throws NoSuchElementException if it is missing, was not read, has another type, or is not a
   *     whole number of 64 bits
   */
  public long number(String attribute) {
    return switch (get(attribute)) {
      case Integer number -> number;
      case Long number -> number;
      case null, default -> throw missing("64-bit integer", attribute);
    };
  }

  /**
   * A number attribute as a decimal.
   *
   * @throws NoSuchElementException if it is missing, was not read, or has another type
   */
  public double decimal(String attribute) {
    if (get(attribute) instanceof Number number) {
      return number.doubleValue();
    }
    throw missing("number", attribute);
  }

  private NoSuchElementException missing(String type, String attribute) {
    return read.has(attribute)
        ? new NoSuchElementException(
            "The item %s has no %s attribute '%s'.".formatted(kind(), type, attribute))
        : notRead(attribute);
  }

  private NoSuchElementException notRead(String attribute) {
    return new NoSuchElementException(
        "The attribute '%s' of the item %s was not read, only %s. Read the item with call.selection(), and name the attributes that a resolver needs when you register it."
            .formatted(attribute, kind(), read.attributes()));
  }

  /** The prefixes of the key, such as {@code FLIGHT/SEAT}, without ids. */
  private String kind() {
    Key key = key();
    return key == null ? "without a key" : prefix(key.partition()) + "/" + prefix(key.sort());
  }

  private static String prefix(String key) {
    int end = key.indexOf('#');
    return end < 0 ? key : key.substring(0, end);
  }

  /** The attributes as stored: maps are {@link Map}, not {@link Item}. */
  public Map<String, @Nullable Object> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  /**
   * A value as DynamoDB would return it, so that an item is equal before and after it is stored.
   * Times become strings in UTC.
   */
  static @Nullable Object stored(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case Integer number -> number;
      case Number number -> Attributes.number(new BigDecimal(number.toString()));
      case Enum<?> constant -> constant.name();
      case OffsetDateTime time -> time.toInstant().toString();
      case Instant time -> time.toString();
      case LocalDate date -> date.toString();
      case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
      case UUID id -> id.toString();
      case URL url -> url.toString();
      case Locale locale -> locale.toLanguageTag();
      case Currency currency -> currency.getCurrencyCode();
      case Item item -> item.attributes();
      case List<?> list -> stored(list);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        map.forEach((name, entry) -> stored.put(name.toString(), stored(entry)));
        yield stored;
      }
      case Set<?> set -> stored(set);
      case ByteBuffer bytes -> bytes;
      default ->
          throw new IllegalArgumentException(
              "A "
                  + value.getClass().getSimpleName()
                  + " can't be an attribute; use a string, number, boolean, list or map.");
    };
  }

  private static List<@Nullable Object> stored(List<?> list) {
    List<@Nullable Object> stored = new ArrayList<>(list.size());
    list.forEach(entry -> stored.add(stored(entry)));
    return stored;
  }

  private static Set<@Nullable Object> stored(Set<?> set) {
    if (set.isEmpty()) {
      throw new IllegalArgumentException("DynamoDB has no empty sets; use null.");
    }
    Set<@Nullable Object> stored = new LinkedHashSet<>();
    set.forEach(entry -> stored.add(stored(entry)));
    return stored;
  }

  private static @Nullable Object shown(@Nullable Object stored) {
    return switch (stored) {
      case Map<?, ?> map -> nested(map);
      case Collection<?> list when list.stream().anyMatch(Item::isNested) -> {
        List<@Nullable Object> shown = new ArrayList<>(list.size());
        list.forEach(entry -> shown.add(shown(entry)));
        yield shown;
      }
      case null -> null;
      default -> stored;
    };
  }

  private static boolean isNested(@Nullable Object value) {
    return value instanceof Map || value instanceof Collection;
  }

  @SuppressWarnings("unchecked") // stored maps have strings as keys
  private static Item nested(Map<?, ?> map) {
    return new Item((Map<String, @Nullable Object>) map);
  }

  @Override
  public String toString() {
    return attributes.toString();
  }
}
