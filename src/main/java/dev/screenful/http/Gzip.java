package dev.screenful.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The one content coding that is spoken (RFC 9110, section 8.4.1.3). */
final class Gzip {

  static final String NAME = "gzip";

  /** Shorter bodies fit into one network packet anyway. */
  private static final int WORTH_IT = 1024;

  private Gzip() {}

  /** A response, compressed where that is worth it and the client can read it. */
  static HttpResponse compress(HttpResponse response, HttpRequest request) {
    if (response.body().length < WORTH_IT
        || !QualityValues.of(request.header("accept-encoding")).allows(NAME)) {
      return response;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(response.body().length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(response.body());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return response.withBody(bytes.toByteArray()).with("content-encoding", NAME);
  }

  /**
   * What was compressed, or one byte more than the limit of it: a few kilobytes can stand for
   * gigabytes, so what is longer is not even unpacked.
   *
   * @throws IOException where it is not gzip
   */
  static byte[] decompress(byte[] body, int limit) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readNBytes(limit + 1);
    }
  }
}
