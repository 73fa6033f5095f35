package dev.screenful.execution;

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
 * What clients keep and bring back, as opaque texts. A text is signed together with its scope,
 * which says what it is for, so it can neither be made up nor carried elsewhere. It is signed, not
 * encrypted: it shows keys of items that the client was shown anyway.
 */
final class SignedTokens {

  private static final String ALGORITHM = "HmacSHA256";

  /** Bytes of the signature that are kept; 128 bits are beyond guessing and keep texts short. */
  private static final int SIGNATURE = 16;

  private final SecretKeySpec secret;

  SignedTokens(String secret) {
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** Some parts as one text. */
  String sign(String scope, String... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String part : parts) {
        out.writeUTF(part);
      }
      out.write(signature(bytes.toByteArray(), scope));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /** The parts of a text, empty where it was not made here for this scope. */
  Optional<List<String>> parts(String scope, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOf(bytes, Math.max(0, bytes.length - SIGNATURE));
    byte[] signature = Arrays.copyOfRange(bytes, content.length, bytes.length);
    if (!MessageDigest.isEqual(signature, signature(content, scope))) {
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

  private byte[] signature(byte[] content, String scope) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] purpose = scope.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(purpose.length).array());
      mac.update(purpose); // its length tells where it ends and the content begins
      mac.update(content);
      return Arrays.copyOf(mac.doFinal(), SIGNATURE);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", impossible);
    }
  }
}
