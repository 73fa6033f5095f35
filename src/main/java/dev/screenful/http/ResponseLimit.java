package dev.screenful.http;

/**
 * Limits the body of a response. A function may return 6 MB, in which the body is a string, so that
 * its quotes and backslashes count twice.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
 *     quotas</a>
 */
final class ResponseLimit {

  private static final int MAX_BYTES = 5_500_000;

  private long total;

  /** Adds JSON to the body if it fits, and returns whether it does. */
  boolean admits(byte[] json) {
    long size = json.length;
    for (byte one : json) {
      if (one == '"' || one == '\\') {
        size++;
      }
    }
    if (total + size > MAX_BYTES) {
      return false;
    }
    total += size;
    return true;
  }
}
