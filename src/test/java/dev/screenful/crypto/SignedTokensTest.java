package dev.screenful.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A signed token is valid only unchanged, and only in its scope. */
final class SignedTokensTest {

  private final SignedTokens tokens =
      new SignedTokens(List.of("a secret that is used only in tests"));

  @Test
  void a_token_is_valid_only_in_the_scope_it_was_signed_for() {
    String token = tokens.sign("a list", "one", "", "é");

    assertThat(tokens.verify("a list", token)).contains(List.of("one", "", "é"));
    assertThat(tokens.verify("another list", token)).isEmpty();
  }

  @Test
  void the_first_part_of_a_token_can_not_be_moved_into_its_scope() {
    byte[] signed = Base64.getUrlDecoder().decode(tokens.sign("a list", "one"));
    byte[] signature = Arrays.copyOfRange(signed, signed.length - 16, signed.length);

    assertThat(tokens.verify("a list\0\3one", Base64.getUrlEncoder().encodeToString(signature)))
        .isEmpty();
  }

  @Test
  void tokens_of_each_secret_are_valid_and_the_first_one_signs() {
    SignedTokens rotated =
        new SignedTokens(List.of("a new secret", "a secret that is used only in tests"));

    assertThat(rotated.verify("a list", tokens.sign("a list", "one"))).contains(List.of("one"));
    assertThat(rotated.verify("another list", tokens.sign("a list", "one"))).isEmpty();
    assertThat(tokens.verify("a list", rotated.sign("a list", "one"))).isEmpty();
  }
}
