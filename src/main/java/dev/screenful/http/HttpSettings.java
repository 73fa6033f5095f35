package dev.screenful.http;

import java.util.Set;

/**
 * The deployment's settings for HTTP.
 *
 * @param batchLimit the maximum number of requests in a batch; 0 disables batches
 * @param origins the origins of web pages that may call; mobile apps need none
 */
public record HttpSettings(int batchLimit, Set<String> origins) {

  /** The highest limit; clients split larger batches. */
  private static final int MAX_BATCH_LIMIT = 10;

  public HttpSettings {
    if (batchLimit < 0 || batchLimit > MAX_BATCH_LIMIT) {
      throw new IllegalArgumentException(
          "BATCH_LIMIT must be between 0 and %d, not %d.".formatted(MAX_BATCH_LIMIT, batchLimit));
    }
    origins = Set.copyOf(origins);
  }
}
