package dev.screenful.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.screenful.FuzzSeeds;
import dev.screenful.crypto.SignedTokens;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.ChangeFeed.Checkpoint;
import dev.screenful.store.Comparison;
import dev.screenful.store.Key;
import dev.screenful.store.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cursor or sync token is accepted only if it was signed for the caller that sends it. The last
 * line of an input is the cursor or token; the lines before it are the caller.
 */
final class CursorFuzz {

  private static final SignedTokens SIGNER =
      new SignedTokens(List.of("a secret that is used only in tests"));
  private static final Cursors CURSORS = new Cursors(SIGNER);
  private static final SyncTokens TOKENS = new SyncTokens(SIGNER);

  private static final Position POSITION =
      new Position("2026-01-15T14:00:00Z", new Key("FLIGHT#LA100", "FLIGHT"));
  private static final Instant DAY = Instant.parse("2026-01-15T00:00:00Z");
  private static final Checkpoint CHECKPOINT = new Checkpoint(7, null, new Comparison(DAY, null));
  private static final Checkpoint LISTING =
      new Checkpoint(7, "BOOKING#1", new Comparison(DAY, new Comparison.Pass(DAY, 1, "FOLLOW#1")));

  /** All signed cursors and tokens, by the caller that may send them. */
  private static final Map<String, List<String>> SIGNED =
      Map.of(
          "traveller-1",
          signed("traveller-1"),
          "traveller-2",
          signed("traveller-2"),
          "",
          List.of());

  private static List<String> signed(String caller) {
    return List.of(
        CURSORS.encode(POSITION, scopeOfList(caller)),
        TOKENS.encode(CHECKPOINT, caller),
        TOKENS.encode(LISTING, caller));
  }

  /** The scope of cursors in a list. */
  private static String scopeOfList(String caller) {
    return "Query.departures\n\n{\"airport\":\"SFO\"}\n" + caller;
  }

  static Stream<Arguments> signed() {
    return SIGNED.keySet().stream()
        .sorted()
        .flatMap(caller ->
            SIGNED.values().stream()
                .flatMap(List::stream)
                .sorted()
                .map(text -> FuzzSeeds.of("sent by " + caller, caller + "\n" + text)));
  }

  @MethodSource("signed")
  @FuzzTest
  void only_signed_cursors_and_tokens_are_accepted_and_only_from_their_caller(byte[] utf8) {
    String input = new String(utf8, StandardCharsets.UTF_8);
    int line = input.lastIndexOf('\n');
    String caller = input.substring(0, Math.max(0, line));
    String text = input.substring(line + 1);

    cursor(text, caller)
        .ifPresent(position -> {
          assertThat(position).isEqualTo(POSITION);
          assertSigned(text, caller);
        });
    TOKENS
        .decode(text, caller)
        .ifPresent(checkpoint -> {
          assertThat(checkpoint).isIn(CHECKPOINT, LISTING);
          assertSigned(text, caller);
        });
    assertThat(SIGNER.verify(caller, SIGNER.sign(caller, text, "x"))).contains(List.of(text, "x"));
    assertPartsAreBoundToTheirPlace(caller, text);
  }

  private static Optional<Position> cursor(String text, String caller) {
    try {
      return Optional.of(CURSORS.decode("after", text, scopeOfList(caller)));
    } catch (ClientError refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.BAD_USER_INPUT.name());
      return Optional.empty();
    }
  }

  /** Compares the decoded bytes, because different Base64 strings can have the same bytes. */
  private static void assertSigned(String text, String caller) {
    assertThat(SIGNED.getOrDefault(caller, List.of()).stream().map(CursorFuzz::bytes))
        .contains(bytes(text));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
  }

  /** Moves the first part of a token to the end of its scope, which must invalidate the token. */
  private static void assertPartsAreBoundToTheirPlace(String scope, String second) {
    byte[] whole = bytes(SIGNER.sign(scope, "x", second)).array();
    byte[] rest = Arrays.copyOfRange(whole, 3, whole.length); // without "x" and its length
    assertThat(SIGNER.verify(scope + "\0\1x", Base64.getUrlEncoder().encodeToString(rest)))
        .isEmpty();
  }
}
