package dev.screenful.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque tokens that clients store and send back, such as cursors. A token is signed together with
 * its scope, which names its use, so clients can neither forge it nor use it elsewhere. It is
 * signed, not encrypted: it shows keys of items that the client has already seen.
 */
public final class SignedTokens {

  private static final String ALGORITHM = "HmacSHA256";

  /** Bytes of the truncated signature; 128 bits are beyond guessing and keep tokens short. */
  private static final int SIGNATURE_BYTES = 16;

  private final List<SecretKeySpec> secrets;

  /**
   * Tokens signed with HMAC-SHA256.
   *
   * @param secrets the first signs tokens; tokens of any of them are valid
   */
  public SignedTokens(List<String> secrets) {
    this.secrets = secrets.stream().map(SignedTokens::key).toList();
  }

  private static SecretKeySpec key(String secret) {
    return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The token of some strings, each at most 65,535 bytes in UTF-8. */
  public String sign(String scope, String... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String part : parts) {
        out.writeUTF(part);
      }
      out.write(signature(secrets.getFirst(), bytes.toByteArray(), scope));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** The strings of a token; empty unless it was signed with one of the secrets for this scope. */
  public Optional<List<String>> verify(String scope, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOf(bytes, Math.max(0, bytes.length - SIGNATURE_BYTES));
    byte[] signature = Arrays.copyOfRange(bytes, content.length, bytes.length);
    if (secrets.stream()
        .noneMatch(secret -> MessageDigest.isEqual(signature, signature(secret, content, scope)))) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      while (in.available() > 0) {
        parts.add(in.readUTF());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Optional.of(parts);
  }

  private static byte[] signature(SecretKeySpec secret, byte[] content, String scope) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] purpose = scope.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(purpose.length).array());
      mac.update(purpose); // after its length, so that no content can pass for a part of it
      mac.update(content);
      return Arrays.copyOf(mac.doFinal(), SIGNATURE_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(
          "Every Java platform supports " + ALGORITHM + ".", impossible);
    }
  }
}
