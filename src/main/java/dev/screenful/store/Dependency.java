package dev.screenful.store;

import dev.screenful.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A part of the table that a request can depend on: an item, or a partition of the table or of an
 * index. Its id is a hash, since a key may be too long for a part of another key, or personal.
 *
 * @param id 22 characters of base64url
 */
public record Dependency(String id) {

  /** Bytes of a hash. With 16, two of a trillion dependencies collide once in a trillion tables. */
  private static final int HASH_BYTES = 16;

  static Dependency item(Key key) {
    return of("item", key.partition(), key.sort());
  }

  static Dependency partition(String partition) {
    return of("partition", partition);
  }

  static Dependency partition(Index index, String partition) {
    return of("index", index.name(), partition);
  }

  /** The lengths keep apart what the texts alone would not. */
  private static Dependency of(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(part.length()).append(':').append(part);
    }
    byte[] hash = Sha256.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return new Dependency(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES)));
  }
}
