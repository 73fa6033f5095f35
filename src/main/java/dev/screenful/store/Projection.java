package dev.screenful.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attributes an operation needs of an item, derived from its selection set. What no one asked
 * for is not sent over the wire nor decoded. It saves no read units: those are counted by the size
 * of the stored item (an index that holds only what screens show saves them, see {@link Index}).
 *
 * @param attributes names of top-level attributes, sorted so that equal projections make equal
 *     requests
 */
public record Projection(Set<String> attributes) {

  public Projection {
    attributes = Collections.unmodifiableSet(new TreeSet<>(attributes));
  }

  /** Stands for all attributes. */
  private static final String ALL = "*";

  /** A projection of all attributes, as whoever replaces or removes an item needs them. */
  public static Projection whole() {
    return new Projection(Set.of(ALL));
  }

  boolean isWhole() {
    return attributes.contains(ALL);
  }

  /** A projection of just these attributes. */
  public static Projection of(String... attributes) {
    return new Projection(Set.of(attributes));
  }

  /** This projection and some attributes more. */
  public Projection plus(String... more) {
    return plus(Arrays.asList(more));
  }

  /** Whether what is read with this projection has all that another one asks for. */
  boolean covers(Projection other) {
    return isWhole() || attributes.containsAll(other.attributes);
  }

  /** The union of two projections, as a batch needs it. */
  public Projection plus(Projection other) {
    return plus(other.attributes);
  }

  Projection plus(Collection<String> more) {
    Set<String> union = new TreeSet<>(attributes);
    union.addAll(more);
    return new Projection(union);
  }
}
