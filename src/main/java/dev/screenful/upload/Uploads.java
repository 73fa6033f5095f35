package dev.screenful.upload;

import dev.screenful.resolver.Arguments;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Condition;
import dev.screenful.store.DeadlineExceeded;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.StoreUnavailable;
import dev.screenful.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Uploads of one kind, such as pictures. A client creates an upload, sends the bytes to S3 by the
 * presigned {@code PUT}, and confirms the upload with a mutation of the app:
 *
 * <pre>{@code
 * fields.mutation("createPictureUpload", pictures::create);
 * fields.mutation("setPicture", (call, transaction) -> {
 *   Upload picture = pictures.confirm(call, call.input().text("uploadId"));
 *   ...
 * });
 * }</pre>
 *
 * <p>An upload is an item in a partition of its caller, so nobody else can confirm it.
 */
public final class Uploads {

  /** The fields of the payload of {@link #create}. */
  public static final List<String> PAYLOAD =
      List.of("uploadId", "url", "method", "headers", "expiresAt");

  /** The fields of a header in the payload. */
  public static final List<String> HEADER = List.of("name", "value");

  /** The time for confirming. The bucket keeps a pending object for a day at least. */
  private static final Duration RETENTION = Duration.ofDays(1);

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

  private static final int SHA256_BYTES = 32;

  private static final String CONTENT_TYPE = "contentType";
  private static final String BYTES = "bytes";
  private static final String SHA256 = "sha256";
  private static final String EXPIRES_AT = "expiresAt"; // the table's time to live

  private final Bucket bucket;
  private final Set<String> contentTypes;
  private final int maxBytes;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * Uploads to a bucket.
   *
   * @param contentTypes the allowed media types, in lower case, without parameters
   * @param maxBytes the size of the largest upload
   * @param clock the time for everything that expires
   * @param random generates the keys of objects; must be secure in production
   */
  public Uploads(
      Bucket bucket,
      Set<String> contentTypes,
      int maxBytes,
      InstantSource clock,
      RandomGenerator random) {
    this.bucket = bucket;
    this.contentTypes = new TreeSet<>(contentTypes);
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Answers a mutation whose input has {@code contentType: String!}, {@code bytes: Int!} and {@code
   * sha256: String!}, with the fields {@link #PAYLOAD}.
   *
   * @throws ClientError {@code BAD_USER_INPUT} if the app does not allow this content
   */
  public Map<String, ?> create(Call call, Transaction transaction) {
    Upload upload = requested(call.input());
    transaction.put(
        item(call.signedIn().id(), upload, clock.instant().plus(RETENTION)),
        Condition.absent(),
        found -> new IllegalStateException("The random key of an upload is in use."));
    Bucket.Put put = reached(() -> bucket.put(upload), call);
    List<Map<String, String>> headers = new ArrayList<>();
    put.headers().forEach((name, value) -> headers.add(Map.of("name", name, "value", value)));
    return Map.of(
        "uploadId", upload.object(),
        "url", put.url(),
        "method", "PUT",
        "headers", headers,
        "expiresAt", put.expiresAt().toString());
  }

  private Upload requested(Arguments input) {
    String contentType = input.text(CONTENT_TYPE);
    if (!contentTypes.contains(contentType)) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'contentType' must be one of " + String.join(", ", contentTypes) + ", not '%s'.",
          contentType);
    }
    int bytes = input.integer(BYTES);
    if (bytes < 1 || bytes > maxBytes) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'bytes' must be between 1 and %d, not %d.".formatted(maxBytes, bytes));
    }
    String sha256 = input.text(SHA256);
    if (!isSha256(sha256)) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'sha256' must be the SHA-256 of the content in base64, of 44 characters.");
    }
    String object = new UUID(random.nextLong(), random.nextLong()).toString();
    return new Upload(object, contentType, bytes, sha256);
  }

  private static boolean isSha256(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return bytes.length == SHA256_BYTES
          && Base64.getEncoder().encodeToString(bytes).equals(base64);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /**
   * The item of an upload.
   *
   * @param expiresAt the time from which the upload can't be confirmed
   */
  public static Item item(String caller, Upload upload, Instant expiresAt) {
    return Item.of(
        key(caller, upload.object()),
        Map.of(
            CONTENT_TYPE, upload.contentType(),
            BYTES, upload.bytes(),
            SHA256, upload.sha256(),
            EXPIRES_AT, expiresAt.getEpochSecond()));
  }

  private static Key key(String caller, String object) {
    return new Key("UPLOAD#" + caller, object);
  }

  /**
   * Confirms an upload of the caller: checks the size, the type and the checksum of the object, and
   * keeps it from expiring. To be called in a mutation, which may run again: confirming twice
   * changes nothing. It takes one read of the table and two calls to S3.
   *
   * @throws ClientError {@code NOT_FOUND} if the caller has no such upload, or it was created more
   *     than a day ago; {@code UPLOAD_MISSING} if the object was not sent
   */
  public Upload confirm(Call call, String uploadId) {
    Item item = call.store().get(key(call.signedIn().id(), uploadId), Projection.whole());
    if (item == null || item.number(EXPIRES_AT) <= clock.instant().getEpochSecond()) {
      throw new ClientError(ErrorCode.NOT_FOUND, "You have no upload with the id '%s'.", uploadId);
    }
    Upload upload =
        new Upload(
            uploadId,
            item.text(CONTENT_TYPE),
            Math.toIntExact(item.number(BYTES)),
            item.text(SHA256));
    if (!counted(timeout -> bucket.contains(upload, timeout), call)) {
      throw new ClientError(
          "UPLOAD_MISSING",
          "The upload has not arrived. PUT the content to its URL, then confirm it.",
          Map.of("uploadId", uploadId));
    }
    counted(
        timeout -> {
          bucket.keep(uploadId, timeout);
          return true;
        },
        call);
    return upload;
  }

  /**
   * A URL that reads an object, for five to ten minutes. It is computed, and equal for five minutes
   * while the same credentials sign it. Whoever has it can read the object.
   */
  public String url(Call call, String object) {
    return reached(() -> bucket.url(object), call);
  }

  @FunctionalInterface
  private interface Signing<R> {
    R sign() throws IOException;
  }

  @FunctionalInterface
  private interface Request<R> {
    R send(Duration timeout) throws IOException;
  }

  /** The result of a call to the bucket, which counts as a trip and ends by the deadline. */
  private static <R> R counted(Request<R> request, Call call) {
    Duration remaining = call.store().deadline().remaining();
    if (!remaining.isPositive()) {
      throw new DeadlineExceeded();
    }
    call.store().cost().call();
    Duration timeout = remaining.compareTo(CALL_TIMEOUT) < 0 ? remaining : CALL_TIMEOUT;
    return reached(() -> request.send(timeout), call);
  }

  private static <R> R reached(Signing<R> signing, Call call) {
    try {
      return signing.sign();
    } catch (IOException failed) {
      if (call.store().deadline().hasPassed()) {
        throw new DeadlineExceeded();
      }
      throw new StoreUnavailable("The call to the bucket failed: " + failed.getMessage());
    }
  }
}
