package dev.screenful.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.screenful.FuzzSeeds;
import dev.screenful.crypto.SignedTokens;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.ChangeFeed.Checkpoint;
import dev.screenful.store.Key;
import dev.screenful.store.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cursors and sync tokens are what was signed here for the one who brings them, or they are
 * refused. The last line of an input is such a text; what is before it is who brings it.
 */
final class CursorFuzz {

  private static final SignedTokens TEXTS =
      new SignedTokens("a secret that only tests are signed with");
  private static final Cursors CURSORS = new Cursors(TEXTS);
  private static final SyncTokens TOKENS = new SyncTokens(TEXTS);

  private static final Position POSITION =
      new Position("2026-01-15T14:00:00Z", new Key("FLIGHT#LA100", "FLIGHT"));
  private static final Checkpoint CHECKPOINT = new Checkpoint(7, null);
  private static final Checkpoint LISTING = new Checkpoint(7, "BOOKING#1");

  /** All that was ever signed, by who may bring it. */
  private static final Map<String, List<String>> SIGNED =
      Map.of(
          "traveller-1",
          signed("traveller-1"),
          "traveller-2",
          signed("traveller-2"),
          "",
          List.of());

  private static List<String> signed(String who) {
    return List.of(
        CURSORS.encode(POSITION, list(who)),
        TOKENS.encode(CHECKPOINT, who),
        TOKENS.encode(LISTING, who));
  }

  /** The scope of a list. */
  private static String list(String who) {
    return "Query.departures\n\n{\"airport\":\"SFO\"}\n" + who;
  }

  static Stream<Arguments> signed() {
    return SIGNED.keySet().stream()
        .sorted()
        .flatMap(who ->
            SIGNED.values().stream()
                .flatMap(List::stream)
                .sorted()
                .map(text -> FuzzSeeds.of("brought by " + who, who + "\n" + text)));
  }

  @MethodSource("signed")
  @FuzzTest
  void only_what_was_signed_is_taken_and_only_from_whom_it_was_signed_for(byte[] utf8) {
    String input = new String(utf8, StandardCharsets.UTF_8);
    int line = input.lastIndexOf('\n');
    String who = input.substring(0, Math.max(0, line));
    String text = input.substring(line + 1);

    cursor(text, who)
        .ifPresent(position -> {
          assertThat(position).isEqualTo(POSITION);
          assertSigned(text, who);
        });
    TOKENS
        .decode(text, who)
        .ifPresent(checkpoint -> {
          assertThat(checkpoint).isIn(CHECKPOINT, LISTING);
          assertSigned(text, who);
        });
    assertThat(TEXTS.verify(who, TEXTS.sign(who, text, "x"))).contains(List.of(text, "x"));
    assertNoPartPassesForScope(who, text);
  }

  private static Optional<Position> cursor(String text, String who) {
    try {
      return Optional.of(CURSORS.decode(text, list(who)));
    } catch (ClientError refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.BAD_USER_INPUT.name());
      return Optional.empty();
    }
  }

  /** Base64 has several texts for the same bytes. */
  private static void assertSigned(String text, String who) {
    assertThat(SIGNED.getOrDefault(who, List.of()).stream().map(CursorFuzz::bytes))
        .contains(bytes(text));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
  }

  /** As if the first part of a text belonged to the scope, and the text began with the second. */
  private static void assertNoPartPassesForScope(String scope, String part) {
    byte[] whole = bytes(TEXTS.sign(scope, "x", part)).array();
    byte[] rest = Arrays.copyOfRange(whole, 3, whole.length); // after "x", with its length
    assertThat(TEXTS.verify(scope + "\0\1x", Base64.getUrlEncoder().encodeToString(rest)))
        .isEmpty();
  }
}
