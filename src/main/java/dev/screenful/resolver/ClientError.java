package dev.screenful.resolver;

import java.util.Map;

/**
 * An error that the client is to see: a code, a message safe to show to anyone, and details that an
 * app can use. Every other exception is masked.
 */
public final class ClientError extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Characters of a message, of which a client may have written a part. */
  private static final int LONGEST = 300;

  private final String code;
  private final transient Map<String, Object> details;

  /** An error with one of the engine's codes. */
  public ClientError(ErrorCode code, String message) {
    this(code.name(), message, Map.of());
  }

  /**
   * An error with a code of the app's own.
   *
   * @param code in capitals, such as {@code SEAT_TAKEN}; apps match on it
   * @param message what happened, safe to show; what is beyond 300 characters is cut off
   * @param details further {@code extensions}, such as the seat
   */
  public ClientError(String code, String message, Map<String, Object> details) {
    super(cut(message), null, false, false); // no stack trace: it is an answer, not a fault
    this.code = code;
    this.details = Map.copyOf(details);
  }

  private static String cut(String message) {
    int end = Math.min(message.length(), LONGEST);
    boolean splitsPair = end < message.length() && Character.isLowSurrogate(message.charAt(end));
    return message.substring(0, splitsPair ? end - 1 : end);
  }

  /** {@code UNAUTHENTICATED}: it is for callers who are signed in. */
  public static ClientError unauthenticated() {
    return new ClientError(ErrorCode.UNAUTHENTICATED, "Sign in first.");
  }

  /**
   * {@code STALE_WRITE}: a phone changed what it had read before someone else changed it.
   *
   * @param version the version that it has now
   * @param current its state now, as the client may see it, to merge with
   */
  public static ClientError stale(long version, Map<String, Object> current) {
    return new ClientError(
        ErrorCode.STALE_WRITE.name(),
        "It was changed since; merge with the current state and ask again.",
        Map.of("version", version, "current", current));
  }

  public String code() {
    return code;
  }

  public Map<String, Object> details() {
    return details;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
