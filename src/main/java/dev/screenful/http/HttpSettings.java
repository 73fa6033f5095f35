package dev.screenful.http;

import java.util.Set;

/**
 * What a deployment takes by HTTP.
 *
 * @param batchLimit the most requests in one body, 0 where batches are not taken
 * @param origins the origins of web pages that may call; apps need none
 */
public record HttpSettings(int batchLimit, Set<String> origins) {

  /** The largest batch that can be allowed; a client that collects more sends several. */
  private static final int MOST = 10;

  public HttpSettings {
    if (batchLimit < 0 || batchLimit > MOST) {
      throw new IllegalArgumentException(
          "BATCH_LIMIT is between 0 and %d, not %d.".formatted(MOST, batchLimit));
    }
    origins = Set.copyOf(origins);
  }
}
