package dev.screenful.resolver;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The coerced arguments of a field, or the fields of an input object. The request was validated
 * against the SDL. Read an argument as required only if it is non-null in the SDL: a nullable
 * argument with a default can still be null.
 *
 * <p>In an input that changes an object, null clears and a field left out changes nothing: {@link
 * #changes} tells them apart, the {@code optional} methods do not.
 *
 * @param values by name
 */
public record Arguments(Map<String, ? extends @Nullable Object> values) {

  /** A required string, id or enum value. */
  public String text(String name) {
    return required(name).toString();
  }

  /**
   * The local part of a required node id of a type.
   *
   * @throws ClientError {@code NOT_FOUND} if it is not an id of this type
   */
  public String id(String name, String type) {
    return local(text(name), type);
  }

  private static String local(String text, String type) {
    return NodeId.parse(text)
        .filter(id -> id.type().equals(type))
        .map(NodeId::local)
        .orElseThrow(
            () -> new ClientError(ErrorCode.NOT_FOUND, "'%s' is not the id of a %s.", text, type));
  }

  /**
   * A required list of strings, ids or enum values.
   *
   * @throws ClientError {@code BAD_USER_INPUT} if an entry is null, which the SDL may allow
   */
  public List<String> texts(String name) {
    return optionalTexts(name).orElseThrow(() -> missing(name));
  }

  /**
   * The local parts of a required list of node ids of a type.
   *
   * @throws ClientError {@code NOT_FOUND} if one of them is not an id of this type; {@code
   *     BAD_USER_INPUT} if an entry is null
   */
  public List<String> ids(String name, String type) {
    List<String> ids = new ArrayList<>();
    for (String text : texts(name)) {
      ids.add(local(text, type));
    }
    return ids;
  }

  /**
   * A required {@code Int}.
   *
   * @throws ArithmeticException if it is a {@code Long} of more than 32 bits
   */
  public int integer(String name) {
    return exact(required(name));
  }

  /** A required {@code Int} or {@code Long}. */
  public long number(String name) {
    return ((Number) required(name)).longValue();
  }

  /** A required {@code Boolean}. */
  public boolean flag(String name) {
    return (Boolean) required(name);
  }

  private static int exact(Object number) {
    return Math.toIntExact(((Number) number).longValue());
  }

  /** A required {@code Float}. */
  public double decimal(String name) {
    return ((Number) required(name)).doubleValue();
  }

  /** An optional string, id or enum value. */
  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(values.get(name)).map(Object::toString);
  }

  /**
   * An optional list of strings, ids or enum values.
   *
   * @throws ClientError {@code BAD_USER_INPUT} if an entry is null, which the SDL may allow
   */
  public Optional<List<String>> optionalTexts(String name) {
    if (!(values.get(name) instanceof List<?> list)) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (Object entry : list) {
      texts.add(entry(name, entry).toString());
    }
    return Optional.of(texts);
  }

  private static Object entry(String name, @Nullable Object entry) {
    if (entry == null) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT, "'%s' must not contain null.".formatted(name));
    }
    return entry;
  }

  /** An optional {@code Int}. */
  public Optional<Integer> optionalInteger(String name) {
    return Optional.ofNullable(values.get(name)).map(Arguments::exact);
  }

  /** An optional {@code DateTime}. Its year in UTC has four digits, so that keys sort by time. */
  public Optional<Instant> optionalInstant(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> ((OffsetDateTime) value).toInstant());
  }

  /**
   * The changes of an item that an input object requests, for {@link
   * dev.screenful.store.Transaction#replace}: a field that is null clears its attribute, and one
   * that was left out is missing, so that its attribute stays.
   *
   * @param names the fields that are attributes of the item
   */
  public Map<String, @Nullable Object> changes(String... names) {
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    for (String name : names) {
      if (has(name)) {
        changes.put(name, values.get(name));
      }
    }
    return changes;
  }

  /** Whether the client sent a value or null, or the SDL has a default. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** A required input object. */
  public Arguments object(String name) {
    return object(required(name));
  }

  /** An optional input object. */
  public Optional<Arguments> optionalObject(String name) {
    return Optional.ofNullable(values.get(name)).map(Arguments::object);
  }

  /**
   * A required list of input objects.
   *
   * @throws ClientError {@code BAD_USER_INPUT} if an entry is null, which the SDL may allow
   */
  public List<Arguments> objects(String name) {
    List<Arguments> objects = new ArrayList<>();
    for (Object entry : (List<?>) required(name)) {
      objects.add(object(entry(name, entry)));
    }
    return objects;
  }

  @SuppressWarnings("unchecked") // graphql-java coerces input objects to maps by name
  private static Arguments object(Object value) {
    return new Arguments((Map<String, ? extends @Nullable Object>) value);
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(
        "'%s' is nullable in the SDL; make it non-null there, or read it as optional."
            .formatted(name));
  }
}
