package dev.screenful.http;

import dev.screenful.json.Json;
import dev.screenful.json.LoneSurrogate;
import dev.screenful.json.MalformedJson;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.GraphqlRequest;
import dev.screenful.screens.MalformedRequest;
import dev.screenful.screens.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: one GraphQL request (GraphQL over HTTP, section 5.4, "JSON Encoding"), or
 * a batch of them in an array, as Apollo's batching clients send it.
 *
 * @param requests in order. A malformed entry of a batch does not affect the others
 * @param isBatch whether the body is an array; then the response is an array too
 */
record RequestBody(List<Request> requests, boolean isBatch) {

  /** The maximum size in bytes, compressed or not; the largest screens stay below 2 KiB. */
  static final int MAX_BYTES = 64 * 1024;

  /**
   * Reads the body of a request.
   *
   * @param batchLimit the maximum number of entries; 0 refuses arrays
   * @throws BadRequest if the body or its only request is malformed
   */
  static RequestBody of(HttpRequest request, int batchLimit) throws BadRequest {
    Object json = json(decoded(request));
    if (json instanceof List<?> batch) {
      return batch(batch, batchLimit);
    }
    return new RequestBody(List.of(graphql(json)), false);
  }

  private static RequestBody batch(List<?> batch, int limit) throws BadRequest {
    if (limit == 0) {
      throw bad("Batches are disabled. Send one request as a JSON object.");
    }
    if (batch.isEmpty() || batch.size() > limit) {
      throw bad("A batch must have 1 to %d requests, not %d.".formatted(limit, batch.size()));
    }
    List<Request> requests = new ArrayList<>();
    for (Object entry : batch) {
      try {
        requests.add(graphql(entry));
      } catch (BadRequest wrong) {
        requests.add(new Request.Malformed(wrong.getMessage()));
      }
    }
    return new RequestBody(requests, true);
  }

  private static byte[] decoded(HttpRequest request) throws BadRequest {
    byte[] body = withinLimit(request.body());
    String coding =
        Objects.requireNonNullElse(request.header("content-encoding"), "identity")
            .strip()
            .toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> body;
      case Gzip.NAME, "x-gzip" -> decompressed(body); // RFC 9110, section 8.4.1.3
      default ->
          throw new BadRequest(
              415,
              ErrorCode.BAD_REQUEST,
              "Send the body uncompressed or compressed with gzip.",
              Map.of("accept-encoding", Gzip.NAME));
    };
  }

  private static byte[] decompressed(byte[] body) throws BadRequest {
    try {
      return withinLimit(Gzip.decompress(body, MAX_BYTES));
    } catch (IOException notGzip) {
      throw bad("The content-encoding is gzip, but the body is not.");
    }
  }

  private static byte[] withinLimit(byte[] body) throws BadRequest {
    if (body.length > MAX_BYTES) {
      throw new BadRequest(
          413, ErrorCode.BAD_REQUEST, "The body is larger than %d bytes.".formatted(MAX_BYTES));
    }
    return body;
  }

  private static GraphqlRequest graphql(@Nullable Object json) throws BadRequest {
    try {
      return GraphqlRequest.of(json);
    } catch (MalformedRequest malformed) {
      throw bad(malformed.getMessage());
    }
  }

  private static @Nullable Object json(byte[] body) throws BadRequest {
    try {
      return Json.read(body);
    } catch (LoneSurrogate noText) {
      throw new BadRequest(400, ErrorCode.BAD_USER_INPUT, noText.getMessage());
    } catch (MalformedJson malformed) {
      throw bad("The body can't be parsed. " + malformed.getMessage());
    }
  }

  private static BadRequest bad(String message) {
    return new BadRequest(400, ErrorCode.BAD_REQUEST, message);
  }
}
