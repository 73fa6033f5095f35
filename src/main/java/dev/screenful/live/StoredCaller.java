package dev.screenful.live;

import dev.screenful.identity.Caller;
import dev.screenful.store.Item;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Callers as attributes of items. */
final class StoredCaller {

  private StoredCaller() {}

  /** The attributes of a caller, the same for equal callers. */
  static Map<String, @Nullable Object> of(Caller caller) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    switch (caller) {
      case Caller.Anonymous(String address) -> attributes.put("address", address);
      case Caller.Verified(String id, String name, Set<String> roles, Instant expiresAt) -> {
        attributes.put("id", id);
        attributes.put("name", name);
        attributes.put("roles", List.copyOf(new TreeSet<>(roles)));
        attributes.put("until", expiresAt == null ? null : expiresAt.getEpochSecond());
      }
    }
    return attributes;
  }

  /** The caller with some attributes. */
  static Caller read(Item attributes) {
    if (!attributes.has("id")) {
      return new Caller.Anonymous(attributes.text("address"));
    }
    Set<String> roles = new HashSet<>();
    if (attributes.get("roles") instanceof List<?> all) {
      all.forEach(role -> roles.add(String.valueOf(role)));
    }
    return new Caller.Verified(
        attributes.text("id"),
        attributes.has("name") ? attributes.text("name") : null,
        roles,
        attributes.has("until") ? Instant.ofEpochSecond(attributes.number("until")) : null);
  }
}
