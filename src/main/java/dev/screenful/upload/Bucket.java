package dev.screenful.upload;

import dev.screenful.aws.CredentialsSource;
import dev.screenful.aws.Endpoint;
import dev.screenful.resolver.ClientError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The place of uploaded objects. An object is written once and then never changes. */
public interface Bucket {

  /** The tag of an object that was not confirmed, as a request's header; the bucket expires it. */
  String PENDING = "upload=pending";

  /**
   * A presigned {@code PUT}, for exactly one content.
   *
   * @param headers the headers that the client must send
   */
  record Put(String url, Map<String, String> headers, Instant expiresAt) {}

  /** Presigns the {@code PUT} of an upload, without a call. */
  Put put(Upload upload) throws IOException;

  /** Presigns the {@code GET} of an object, without a call. */
  String url(String object) throws IOException;

  /**
   * Whether the object of an upload exists, with its size, content type and checksum.
   *
   * @param timeout the time for the call
   * @throws IOException if the bucket does not answer in time
   */
  boolean contains(Upload upload, Duration timeout) throws IOException;

  /**
   * Removes the tag {@link #PENDING} of an object, so that it stays.
   *
   * @param timeout the time for the call
   * @throws IOException if the bucket does not answer in time
   */
  void keep(String object, Duration timeout) throws IOException;

  /**
   * The bucket {@code UPLOAD_BUCKET} of a Lambda function; without this variable, {@link #none}.
   * Nothing is connected.
   *
   * @param environment the environment variables, see {@link Endpoint#of} and {@link
   *     CredentialsSource#of}
   * @param clock the time for signatures
   */
  static Bucket of(Map<String, String> environment, InstantSource clock) {
    String name = environment.getOrDefault("UPLOAD_BUCKET", "");
    Bucket off = none(); // loaded in either case, so that each AOT cache contains the class
    return name.isEmpty()
        ? off
        : new S3Bucket(
            Endpoint.of("s3", environment), name, CredentialsSource.of(environment, clock), clock);
  }

  /** No bucket: uploads are refused with {@code UPLOADS_OFF}. */
  static Bucket none() {
    return new Bucket() {
      @Override
      public Put put(Upload upload) {
        throw off();
      }

      @Override
      public String url(String object) {
        throw off();
      }

      @Override
      public boolean contains(Upload upload, Duration timeout) {
        throw off();
      }

      @Override
      public void keep(String object, Duration timeout) {
        throw off();
      }

      private static ClientError off() {
        return new ClientError("UPLOADS_OFF", "This server has no bucket for uploads.", Map.of());
      }
    };
  }
}
