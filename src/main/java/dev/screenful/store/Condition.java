package dev.screenful.store;

import org.jspecify.annotations.Nullable;

/**
 * A condition on an item that a write requires. Comparisons with a missing attribute are false,
 * except {@link #isNot}.
 */
public sealed interface Condition {

  /** The item does not exist. */
  record Absent() implements Condition {}

  /** The item exists. */
  record Present() implements Condition {}

  /** A comparison of an attribute with a value by one of DynamoDB's comparators. */
  record Compared(String attribute, String comparator, @Nullable Object value)
      implements Condition {}

  /** The item lacks an attribute, or does not exist. */
  record Lacks(String attribute) implements Condition {}

  /** One of the conditions holds. */
  record Either(Condition one, Condition other) implements Condition {}

  /** Both conditions hold. */
  record Both(Condition one, Condition other) implements Condition {}

  /** The item does not exist. */
  static Condition absent() {
    return new Absent();
  }

  /** The item exists. */
  static Condition present() {
    return new Present();
  }

  /** The attribute equals the value. */
  static Condition is(String attribute, @Nullable Object value) {
    return new Compared(attribute, "=", value);
  }

  /** The attribute differs from the value, or is missing. */
  static Condition isNot(String attribute, Object value) {
    return new Compared(attribute, "<>", value);
  }

  /** The attribute is greater than the value, in the order of its type. */
  static Condition isAfter(String attribute, Object value) {
    return new Compared(attribute, ">", value);
  }

  /** The attribute is less than the value, in the order of its type. */
  static Condition isBefore(String attribute, Object value) {
    return new Compared(attribute, "<", value);
  }

  /** The item lacks the attribute, or does not exist. */
  static Condition lacks(String attribute) {
    return new Lacks(attribute);
  }

  /** This condition or another one holds. */
  default Condition or(Condition other) {
    return new Either(this, other);
  }

  /** This condition and another one hold. */
  default Condition and(Condition other) {
    return new Both(this, other);
  }
}
