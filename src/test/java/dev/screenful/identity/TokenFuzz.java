package dev.screenful.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.Base64URL;
import dev.screenful.FuzzSeeds;
import dev.screenful.kit.Attack;
import dev.screenful.kit.TokenForge;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The verifier accepts one token, and refuses every token that differs from it. */
final class TokenFuzz {

  private static final TokenForge FORGE =
      new TokenForge(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  private static final String VALID = FORGE.token("traveller");
  private static final TokenVerifier TOKENS = FORGE.verifier();

  /** The valid token, and the invalid ones of the attacks. */
  static Stream<Arguments> tokens() {
    Stream<Arguments> invalid =
        Attack.all().stream()
            .flatMap(attack ->
                attack.steps().stream()
                    .filter(step -> step.expected().number("status", 200) == 401)
                    .flatMap(step -> FORGE.token(step).stream())
                    .map(token -> FuzzSeeds.of(attack.name(), token)));
    return Stream.concat(Stream.of(FuzzSeeds.of("the valid token", VALID)), invalid);
  }

  @MethodSource("tokens")
  @FuzzTest
  void only_the_valid_token_is_accepted(byte[] utf8) {
    String token = new String(utf8, StandardCharsets.UTF_8);
    try {
      Caller.Verified caller = TOKENS.verify(token, Duration.ZERO);
      assertThat(caller)
          .isEqualTo(
              new Caller.Verified(
                  "traveller", "The name of traveller", Set.of(), caller.expiresAt()));
    } catch (InvalidToken refused) {
      assertThat(token).isNotEqualTo(VALID);
      return;
    }
    String[] parts = token.trim().split("\\.", -1);
    String[] valid = VALID.split("\\.", -1);
    assertThat(Arrays.copyOf(parts, 2)).isEqualTo(Arrays.copyOf(valid, 2));
    assertThat(new Base64URL(parts[2]).decode()).isEqualTo(new Base64URL(valid[2]).decode());
  }
}
