package dev.screenful.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The supported content coding (RFC 9110, section 8.4.1.3). */
final class Gzip {

  static final String NAME = "gzip";

  /** Bytes of the smallest body to compress; smaller ones fit into one network packet. */
  private static final int MIN_BYTES = 1024;

  private Gzip() {}

  /** A response, compressed if it is large enough and the client accepts gzip. */
  static HttpResponse compress(HttpResponse response, HttpRequest request) {
    if (response.body().length < MIN_BYTES
        || !QualityValues.of(request.header("accept-encoding")).allows(NAME)) {
      return response;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(response.body().length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(response.body());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    if (bytes.size() > response.body().length / 4 * 3) {
      return response; // a gateway gets it as base64, which would be larger than the original
    }
    return response.withBody(bytes.toByteArray()).with("content-encoding", NAME);
  }

  /**
   * The decompressed body, or its first {@code limit + 1} bytes if it is longer. A few kilobytes
   * can expand to gigabytes, so the rest is not decompressed.
   *
   * @throws IOException if it is not gzip
   */
  static byte[] decompress(byte[] body, int limit) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readNBytes(limit + 1);
    }
  }
}
