package dev.screenful.live;

import dev.screenful.store.Dependency;
import dev.screenful.store.Item;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a query. It is only ever replaced on condition that {@link #version} is the same, so
 * everyone who has read it knows whether it is still current.
 *
 * @param version grows by one with each state that others must know of
 * @param answer the hash of the answer that all subscribers were sent last; empty if they may have
 *     been sent different ones, so that the next change is sent in any case
 * @param dependencies all that changes are awaited of
 * @param sentTo the sort key of the last subscriber that was sent this answer; empty at the
 *     beginning, null if all were sent it
 * @param isIdle whether nobody subscribes any more, so that changes do not matter
 * @param expiresAt when the query is forgotten, in seconds since 1970
 */
record LiveState(
    long version,
    String answer,
    Set<Dependency> dependencies,
    @Nullable String sentTo,
    boolean isIdle,
    long expiresAt) {

  LiveState {
    dependencies = Set.copyOf(dependencies);
  }

  /** The first state of a query. */
  static LiveState first(Set<Dependency> dependencies, long expiresAt) {
    return new LiveState(1, "", dependencies, null, false, expiresAt);
  }

  /**
   * The state to have before one subscriber is sent an answer: this one, if all were sent the same.
   * Otherwise a change may be under way that others were not sent yet, so the next change must be
   * sent to all. A new state tells whether the first subscriber is still the only one, since every
   * other one replaces it.
   *
   * @param isFirst whether the subscriber has opened the query
   */
  LiveState answeredFor(String hash, boolean isFirst) {
    if (version == 1 && isFirst) {
      return new LiveState(version + 1, hash, dependencies, null, false, expiresAt);
    }
    boolean isSame = answer.equals(hash) || answer.isEmpty();
    return isSame && version != 1 ? this : unsettled();
  }

  /** This state, with more to await changes of. */
  LiveState awaiting(Set<Dependency> more) {
    Set<Dependency> all = new HashSet<>(dependencies);
    all.addAll(more);
    return new LiveState(version + 1, "", all, null, isIdle, expiresAt);
  }

  /** This state, in which subscribers may have been sent different answers. */
  LiveState unsettled() {
    return new LiveState(version + 1, "", dependencies, null, false, expiresAt);
  }

  /** This state, with an answer to send to all subscribers. */
  LiveState sending(String hash, Set<Dependency> readNow) {
    return new LiveState(version + 1, hash, readNow, "", false, expiresAt);
  }

  /** This state, once subscribers have been sent the answer up to one of them. */
  LiveState sentTo(String subscriber) {
    return new LiveState(version, answer, dependencies, subscriber, isIdle, expiresAt);
  }

  /** This state, once all subscribers have been sent the answer. */
  LiveState sent() {
    return new LiveState(version, answer, dependencies, null, isIdle, expiresAt);
  }

  /** This state, without subscribers. */
  LiveState idle() {
    return new LiveState(version + 1, "", dependencies, null, true, expiresAt);
  }

  /** This state, remembered for longer. */
  LiveState until(long later) {
    return new LiveState(version + 1, answer, dependencies, sentTo, isIdle, later);
  }

  /** The attributes of its item, beside its expiry. */
  Map<String, @Nullable Object> attributes() {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("version", version);
    attributes.put("answer", answer);
    attributes.put("dependencies", dependencies.stream().map(Dependency::id).sorted().toList());
    attributes.put("sentTo", sentTo);
    attributes.put("idle", isIdle);
    return attributes;
  }

  /** The state of an item. */
  static LiveState read(Item item) {
    Set<Dependency> dependencies = new HashSet<>();
    if (item.get("dependencies") instanceof Collection<?> all) {
      all.forEach(id -> dependencies.add(new Dependency(String.valueOf(id))));
    }
    return new LiveState(
        item.number("version"),
        item.text("answer"),
        dependencies,
        item.has("sentTo") ? item.text("sentTo") : null,
        Boolean.TRUE.equals(item.get("idle")),
        item.number(LiveTable.EXPIRES_AT));
  }
}
