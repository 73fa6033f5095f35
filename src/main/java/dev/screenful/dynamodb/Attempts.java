package dev.screenful.dynamodb;

import org.jspecify.annotations.Nullable;

/** The attempts of one call, for its span. Not thread-safe. */
public final class Attempts {

  private int count;
  private @Nullable String requestId;
  private @Nullable String errorCode;

  void start() {
    count++;
    requestId = null;
    errorCode = null;
  }

  void answered(@Nullable String id) {
    requestId = id;
  }

  void refused(String code) {
    errorCode = code;
  }

  /** The attempts so far. */
  public int count() {
    return count;
  }

  /** DynamoDB's id of the last attempt; null if it did not answer. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** DynamoDB's error code of the last attempt; null without one. */
  public @Nullable String errorCode() {
    return errorCode;
  }
}
