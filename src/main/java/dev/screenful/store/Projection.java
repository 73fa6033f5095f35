package dev.screenful.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attributes of an item that an operation needs, derived from its selection set. Other
 * attributes are neither transferred nor decoded. A projection saves no read units, since DynamoDB
 * counts the size of the stored item; an {@link Index} with few attributes does.
 *
 * @param attributes names of top-level attributes, sorted, so that equal projections make equal
 *     requests
 */
public record Projection(Set<String> attributes) {

  public Projection {
    attributes = Collections.unmodifiableSet(new TreeSet<>(attributes));
  }

  /** Stands for all attributes. */
  private static final String ALL = "*";

  private static final Projection WHOLE = new Projection(Set.of(ALL));

  /** All attributes, as needed to replace or delete an item. */
  public static Projection whole() {
    return WHOLE;
  }

  boolean isWhole() {
    return attributes.contains(ALL);
  }

  /** A projection of some attributes. */
  public static Projection of(String... attributes) {
    return new Projection(Set.of(attributes));
  }

  /** Whether the operation needs an attribute. */
  public boolean has(String attribute) {
    return isWhole() || attributes.contains(attribute);
  }

  /** This projection and more attributes. */
  public Projection plus(String... more) {
    return plus(Arrays.asList(more));
  }

  /** Whether this projection includes all attributes of another one. */
  boolean covers(Projection other) {
    return isWhole() || attributes.containsAll(other.attributes);
  }

  /** The union of two projections. */
  public Projection plus(Projection other) {
    return attributes.isEmpty() ? other : plus(other.attributes);
  }

  Projection plus(Collection<String> more) {
    if (isWhole() || attributes.containsAll(more)) {
      return this;
    }
    Set<String> union = new TreeSet<>(attributes);
    union.addAll(more);
    return new Projection(union);
  }
}
