package dev.screenful.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token in the value of {@code authorization}, a header or a part of a message: after
 * {@code Bearer}, or as the app's clients send it. A value that could mean something else is
 * refused, never anonymous.
 */
public final class Authorization {

  private static final String BEARER = "bearer";

  /** Values that claim a token without having one. */
  private static final Set<String> NO_TOKENS = Set.of("null", "undefined");

  private final String scheme;

  /**
   * A reader.
   *
   * @param scheme the scheme that is accepted beside {@code Bearer}; empty for a token alone
   */
  public Authorization(String scheme) {
    if (!scheme.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]*")) { // a token of RFC 9110, section 5.6.2
      throw new IllegalArgumentException(
          "The authorization scheme must be one word, such as Bearer, or empty. It is '%s'."
              .formatted(scheme));
    }
    this.scheme = scheme.toLowerCase(Locale.ROOT);
  }

  /**
   * The token; empty without a value, or with an empty one, which claims nothing.
   *
   * @throws InvalidToken if the value has no token
   */
  public Optional<String> token(@Nullable String header) throws InvalidToken {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    String only = header.strip().toLowerCase(Locale.ROOT);
    if (only.equals(BEARER) || only.equals(scheme)) {
      throw new InvalidToken("The header authorization has a scheme, but no token.");
    }
    int space = header.indexOf(' ');
    String named = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
    if (!named.isEmpty() && (named.equals(BEARER) || named.equals(scheme))) {
      return Optional.of(header.substring(space).strip());
    }
    if (scheme.isEmpty() && isToken(header)) {
      return Optional.of(header);
    }
    throw new InvalidToken(
        scheme.isEmpty()
            ? "The header authorization is neither a token nor Bearer and a token."
            : "The authorization scheme is not %s."
                .formatted(scheme.equals(BEARER) ? "Bearer" : "Bearer or " + scheme));
  }

  /** Returns whether a value has the form of a token: token68 of RFC 9110, section 11.2. */
  private static boolean isToken(String value) {
    return !NO_TOKENS.contains(value.toLowerCase(Locale.ROOT))
        && value
            .chars()
            .allMatch(letter ->
                (letter < 128 && Character.isLetterOrDigit(letter))
                    || "-._~+/=".indexOf(letter) >= 0);
  }
}
