package dev.screenful.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients bring back is what they were given. */
final class SignedTokensTest {

  private final SignedTokens texts = new SignedTokens("a secret that only tests are signed with");

  @Test
  void a_text_is_read_in_the_scope_that_it_was_signed_for() {
    String text = texts.sign("a list", "one", "", "é");

    assertThat(texts.verify("a list", text)).contains(List.of("one", "", "é"));
    assertThat(texts.verify("another list", text)).isEmpty();
  }

  @Test
  void the_beginning_of_what_was_signed_does_not_pass_for_the_end_of_a_scope() {
    byte[] signed = Base64.getUrlDecoder().decode(texts.sign("a list", "one"));
    byte[] signature = Arrays.copyOfRange(signed, signed.length - 16, signed.length);

    assertThat(texts.verify("a list\0\3one", Base64.getUrlEncoder().encodeToString(signature)))
        .isEmpty();
  }
}
