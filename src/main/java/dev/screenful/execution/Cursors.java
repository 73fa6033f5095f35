package dev.screenful.execution;

import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Key;
import dev.screenful.store.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Positions as opaque texts. A cursor is signed together with its scope, which says of which list
 * it is, so it can neither be made up nor carried to another list. It is signed, not encrypted: it
 * shows keys of items that the client was shown anyway.
 */
final class Cursors {

  private static final String ALGORITHM = "HmacSHA256";

  /** Bytes of the signature that are kept; 128 bits are beyond guessing and keep cursors short. */
  private static final int SIGNATURE = 16;

  private final SecretKeySpec secret;

  Cursors(String secret) {
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  String encode(Position position, String scope) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(position.sort());
      out.writeUTF(position.key().partition());
      out.writeUTF(position.key().sort());
      out.write(sign(bytes.toByteArray(), scope));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * The position that a cursor stands for.
   *
   * @throws ClientError {@code BAD_USER_INPUT} where it was not made here for this scope
   */
  Position decode(String cursor, String scope) {
    byte[] bytes = bytes(cursor);
    byte[] position = Arrays.copyOf(bytes, Math.max(0, bytes.length - SIGNATURE));
    byte[] signature = Arrays.copyOfRange(bytes, position.length, bytes.length);
    if (!MessageDigest.isEqual(signature, sign(position, scope))) {
      throw invalid();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(position))) {
      return new Position(in.readUTF(), new Key(in.readUTF(), in.readUTF()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static byte[] bytes(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private byte[] sign(byte[] position, String scope) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(position);
      mac.update(scope.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(mac.doFinal(), SIGNATURE);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", impossible);
    }
  }

  private static ClientError invalid() {
    return new ClientError(
        ErrorCode.BAD_USER_INPUT,
        "The cursor is not one of this list; leave 'after' out to begin at its start.");
  }
}
