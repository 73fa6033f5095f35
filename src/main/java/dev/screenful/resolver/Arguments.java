package dev.screenful.resolver;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Coerced argument values or the fields of an input object. The SDL says of what type they are, and
 * the request was checked against it. Ask as required only for what is non-null there: a nullable
 * argument with a default can still be null.
 *
 * @param values by name
 */
public record Arguments(Map<String, ? extends @Nullable Object> values) {

  /** A required text, id or enum value. */
  public String text(String name) {
    return required(name).toString();
  }

  /**
   * A required id of an object of a type: what tells it from the others of that type.
   *
   * @throws ClientError {@code NOT_FOUND} where it is not the id of such an object
   */
  public String id(String name, String type) {
    String text = text(name);
    return NodeId.parse(text)
        .filter(id -> id.type().equals(type))
        .map(NodeId::local)
        .orElseThrow(() ->
            new ClientError(
                ErrorCode.NOT_FOUND, "'%s' is not the id of a %s.".formatted(text, type)));
  }

  /** A required {@code Int}. */
  public int integer(String name) {
    return ((Number) required(name)).intValue();
  }

  /** A required {@code Float}. */
  public double decimal(String name) {
    return ((Number) required(name)).doubleValue();
  }

  /** A text, id or enum value that may be missing. */
  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(values.get(name)).map(Object::toString);
  }

  /** An {@code Int} that may be missing. */
  public Optional<Integer> optionalInteger(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> ((Number) value).intValue());
  }

  /**
   * A {@code DateTime} that may be missing.
   *
   * @throws ClientError {@code BAD_USER_INPUT} where its year has not four digits, as RFC 3339 asks
   *     for: keys made of it would be in another order than time
   */
  public Optional<Instant> optionalInstant(String name) {
    return Optional.ofNullable(values.get(name))
        .map(value -> ((OffsetDateTime) value).withOffsetSameInstant(ZoneOffset.UTC))
        .map(time -> {
          if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new ClientError(
                ErrorCode.BAD_USER_INPUT, "'%s' is not of the years 0 to 9999.".formatted(name));
          }
          return time.toInstant();
        });
  }

  /** A required input object. */
  @SuppressWarnings("unchecked") // graphql-java coerces input objects to maps by name
  public Arguments object(String name) {
    return new Arguments((Map<String, ? extends @Nullable Object>) required(name));
  }

  private Object required(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "The SDL does not require '%s'; make it non-null there, or read it as optional."
              .formatted(name));
    }
    return value;
  }
}
