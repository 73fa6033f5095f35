package dev.screenful.store;

/**
 * What must be true of an item for a transaction to commit. A condition on an attribute that the
 * item lacks is false, but {@link #isNot} is true.
 */
public sealed interface Condition {

  /** The item does not exist. */
  record Absent() implements Condition {}

  /** The item exists. */
  record Present() implements Condition {}

  /** An attribute compared with a value by one of DynamoDB's comparators. */
  record Compared(String attribute, String comparator, Object value) implements Condition {}

  /** The item, which may exist, lacks an attribute. */
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

  /** The attribute has the value. */
  static Condition is(String attribute, Object value) {
    return new Compared(attribute, "=", value);
  }

  /** The attribute has another value. */
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

  /** There is no such attribute; that is so, too, where there is no item. */
  static Condition lacks(String attribute) {
    return new Lacks(attribute);
  }

  /** This condition or another. */
  default Condition or(Condition other) {
    return new Either(this, other);
  }

  /** This condition and another. */
  default Condition and(Condition other) {
    return new Both(this, other);
  }
}
