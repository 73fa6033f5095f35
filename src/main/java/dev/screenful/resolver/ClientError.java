package dev.screenful.resolver;

import dev.screenful.json.Excerpt;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An error for the client: a code, a message that anyone may see, and details for the app. Clients
 * never see any other exception.
 */
public final class ClientError extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Characters of the longest message; it may contain client input. */
  private static final int MAX_LENGTH = 300;

  private final String code;
  private final transient Map<String, Object> details;

  /**
   * An error with a code of the engine.
   *
   * @param message a message that anyone may see, with a {@code %s} for each quoted text
   * @param quoted texts from the client; the message contains at most 64 characters of each
   */
  public ClientError(ErrorCode code, String message, String... quoted) {
    this(
        code.name(),
        quoted.length == 0
            ? message
            : message.formatted(Stream.of(quoted).map(Excerpt::of).toArray()),
        Map.of());
  }

  /**
   * An error with a code of the app.
   *
   * @param code in upper case, such as {@code MAIL_TAKEN}; apps match on it
   * @param message a message that anyone may see, truncated to 300 characters
   */
  public ClientError(String code, String message) {
    this(code, message, Map.of());
  }

  /**
   * An error with a code of the app and details.
   *
   * @param code in upper case, such as {@code SEAT_TAKEN}; apps match on it
   * @param message a message that anyone may see, truncated to 300 characters
   * @param details more {@code extensions}, such as the seat
   */
  public ClientError(String code, String message, Map<String, Object> details) {
    // without a stack trace: it is a response, not a fault
    super(Excerpt.start(message, MAX_LENGTH), null, false, false);
    this.code = code;
    this.details = Map.copyOf(details);
  }

  /** {@code UNAUTHENTICATED}: the field requires a signed-in caller. */
  public static ClientError unauthenticated() {
    return new ClientError(ErrorCode.UNAUTHENTICATED, "Sign in to use this field.");
  }

  /**
   * {@code STALE_WRITE}: the object was changed after the client read it.
   *
   * @param version the current version
   * @param current the current state, as the client may see it, to merge with
   */
  public static ClientError stale(long version, Map<String, Object> current) {
    return new ClientError(
        ErrorCode.STALE_WRITE.name(),
        "The object was changed meanwhile. Merge with its current state and retry.",
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
