package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.crypto.Sha256;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.kit.TrustingVerifier;
import dev.screenful.local.LocalS3;
import dev.screenful.resolver.Resolvers;
import dev.screenful.upload.Bucket;
import dev.screenful.upload.Upload;
import dev.screenful.upload.Uploads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads from a phone to a bucket, and what must not be possible with them. */
final class UploadsTest {

  private static final String SDL =
      """
      scalar UUID
      scalar DateTime
      directive @once(not: String) on FIELD_DEFINITION
      type Query { none: String @public(why: "test") }
      type Mutation {
        createUpload(input: CreateUploadInput!): CreateUploadPayload @once
        keep(input: KeepInput!): KeepPayload @once
      }
      input CreateUploadInput { requestId: UUID! contentType: String! bytes: Int! sha256: String! }
      type CreateUploadPayload {
        uploadId: ID! url: String! method: String! headers: [UploadHeader!]! expiresAt: DateTime!
      }
      type UploadHeader { name: String! value: String! }
      input KeepInput { requestId: UUID! uploadId: ID! }
      type KeepPayload { bytes: Int! url: String! }
      """;

  private static final String CREATE =
      "mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadId url method headers { name value } expiresAt } }";
  private static final String KEEP =
      "mutation ($input: KeepInput!) { keep(input: $input) { bytes url } }";

  private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.UTF_8);

  private Instant now = TestBench.NOW;
  private final LocalS3 s3 = new LocalS3(0, List.of("https://app.example"), () -> now);
  private final TinyApp app = app(Bucket.of(s3.environment(), () -> now));
  private final Phone phone = app.phone().with("authorization", "Bearer uploader");

  UploadsTest() throws IOException {}

  @AfterEach
  void stop() {
    s3.close();
  }

  private TinyApp app(Bucket bucket) {
    Uploads pictures =
        new Uploads(bucket, Set.of("image/jpeg", "image/png"), 1000, () -> now, new SecureRandom());
    Resolvers resolvers =
        fields -> {
          fields.query("none", call -> null);
          fields.attributes("CreateUploadPayload", Uploads.PAYLOAD);
          fields.attributes("UploadHeader", Uploads.HEADER);
          fields.attributes("KeepPayload", List.of("bytes", "url"));
          fields.mutation("createUpload", pictures::create);
          fields.mutation(
              "keep",
              (call, transaction) -> {
                Upload upload = pictures.confirm(call, call.input().text("uploadId"));
                return Map.of("bytes", upload.bytes(), "url", pictures.url(call, upload.object()));
              });
        };
    return new TinyApp(SDL, resolvers, Map.of(), Map.of(), new TrustingVerifier());
  }

  private static String sha256(byte[] bytes) {
    return Base64.getEncoder().encodeToString(Sha256.digest(bytes));
  }

  private Phone.Reply create(String contentType, int bytes, String sha256) {
    return phone.ask(
        CREATE,
        Map.of("input", Map.of("contentType", contentType, "bytes", bytes, "sha256", sha256)));
  }

  private JsonNode created() {
    Phone.Reply reply = create("image/png", PICTURE.length, sha256(PICTURE));
    assertThat(reply.code()).isEqualTo("no error");
    return reply.data("/createUpload");
  }

  private static Map<String, String> headers(JsonNode upload) {
    Map<String, String> headers = new HashMap<>();
    upload
        .get("headers")
        .forEach(header -> headers.put(header.get("name").asText(), header.get("value").asText()));
    return headers;
  }

  private static HttpResponse<byte[]> send(
      String method, String url, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static int put(JsonNode upload, byte[] body) {
    return send("PUT", upload.get("url").asText(), headers(upload), body).statusCode();
  }

  private Phone.Reply keep(Phone by, String uploadId) {
    return by.ask(KEEP, Map.of("input", Map.of("uploadId", uploadId)));
  }

  private Phone.Reply keep(JsonNode upload) {
    return keep(phone, upload.get("uploadId").asText());
  }

  @Test
  void a_confirmed_upload_stays_and_can_be_read_by_a_url() {
    JsonNode upload = created();
    String object = upload.get("uploadId").asText();

    assertThat(upload.get("method").asText()).isEqualTo("PUT");
    assertThat(upload.get("expiresAt").asText()).isEqualTo("2026-01-15T14:05:00Z");
    assertThat(put(upload, PICTURE)).isEqualTo(200);
    assertThat(s3.tags(object)).isEqualTo("upload=pending");

    Phone.Reply kept = keep(upload);

    assertThat(kept.data("/keep/bytes").asInt()).isEqualTo(PICTURE.length);
    assertThat(s3.tags(object)).isEmpty();
    HttpResponse<byte[]> read = send("GET", kept.data("/keep/url").asText(), Map.of(), new byte[0]);
    assertThat(read.body()).isEqualTo(PICTURE);
    assertThat(read.headers().firstValue("content-type")).contains("image/png");
  }

  @Test
  void the_two_calls_to_the_bucket_count_as_trips() {
    JsonNode upload = created();
    put(upload, PICTURE);

    keep(upload);

    // two for the rate limit, a read, two calls to the bucket, the outcome and the response
    assertThat(app.log().lines().toList().getLast()).contains("\"trips\":7");
  }

  @Test
  void the_url_accepts_no_other_content() {
    JsonNode upload = created();
    String url = upload.get("url").asText();
    Map<String, String> headers = headers(upload);
    byte[] sameSize = "b picture".getBytes(StandardCharsets.UTF_8);

    assertThat(put(upload, "a longer picture".getBytes(StandardCharsets.UTF_8))).isEqualTo(403);
    assertThat(put(upload, sameSize)).isEqualTo(400);
    for (String header : headers.keySet()) {
      Map<String, String> without = new HashMap<>(headers);
      without.remove(header);
      assertThat(send("PUT", url, without, PICTURE).statusCode()).as(header).isEqualTo(403);
    }
    assertThat(send("PUT", url, with(headers, "content-type", "text/html"), PICTURE).statusCode())
        .isEqualTo(403);
    assertThat(
            send("PUT", url, with(headers, "x-amz-checksum-sha256", sha256(sameSize)), sameSize)
                .statusCode())
        .isEqualTo(403);
    assertThat(send("PUT", url, with(headers, "x-amz-acl", "public-read"), PICTURE).statusCode())
        .isEqualTo(403);
    assertThat(keep(upload).code()).isEqualTo("UPLOAD_MISSING");
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  @Test
  void the_url_is_valid_for_its_key_its_method_and_five_minutes() {
    JsonNode upload = created();
    String url = upload.get("url").asText();
    String otherKey =
        url.replace(upload.get("uploadId").asText(), created().get("uploadId").asText());

    assertThat(send("PUT", otherKey, headers(upload), PICTURE).statusCode()).isEqualTo(403);
    assertThat(send("DELETE", url, headers(upload), PICTURE).statusCode()).isEqualTo(403);
    now = now.plus(Duration.ofMinutes(5)).plusSeconds(1);
    assertThat(put(upload, PICTURE)).isEqualTo(403);
  }

  @Test
  void a_put_after_the_first_one_changes_nothing() {
    JsonNode upload = created();
    assertThat(put(upload, PICTURE)).isEqualTo(200);
    keep(upload);

    assertThat(put(upload, PICTURE)).isEqualTo(412);
    assertThat(s3.tags(upload.get("uploadId").asText())).isEmpty();
  }

  @Test
  void both_mutations_return_their_first_outcome_to_a_repeat() {
    Map<String, Object> input =
        Map.of(
            "requestId",
            UUID.randomUUID().toString(),
            "contentType",
            "image/jpeg",
            "bytes",
            PICTURE.length,
            "sha256",
            sha256(PICTURE));
    JsonNode first = phone.ask(CREATE, Map.of("input", input)).data("/createUpload");
    put(first, PICTURE);
    Map<String, Object> confirmation =
        Map.of(
            "requestId", UUID.randomUUID().toString(), "uploadId", first.get("uploadId").asText());
    JsonNode kept = phone.ask(KEEP, Map.of("input", confirmation)).body();

    assertThat(phone.ask(CREATE, Map.of("input", input)).data("/createUpload")).isEqualTo(first);
    assertThat(phone.ask(KEEP, Map.of("input", confirmation)).body()).isEqualTo(kept);
    assertThat(kept.has("errors")).isFalse();
  }

  @Test
  void only_the_caller_who_created_an_upload_confirms_it() {
    JsonNode upload = created();
    put(upload, PICTURE);
    String id = upload.get("uploadId").asText();

    assertThat(keep(phone.with("authorization", "Bearer thief"), id).code()).isEqualTo("NOT_FOUND");
    assertThat(keep(app.phone(), id).code()).isEqualTo("UNAUTHENTICATED");
    assertThat(s3.tags(id)).isEqualTo("upload=pending");
  }

  @Test
  void an_upload_that_was_not_sent_or_is_a_day_old_is_not_confirmed() {
    JsonNode upload = created();
    JsonNode old = created();
    put(old, PICTURE);

    assertThat(keep(upload).code()).isEqualTo("UPLOAD_MISSING");
    now = now.plus(Duration.ofDays(1));
    assertThat(keep(old).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void an_object_with_other_content_is_not_confirmed() {
    JsonNode upload = created();
    String id = upload.get("uploadId").asText();

    for (String[] other :
        new String[][] {
          {"image/png", "b picture"}, {"image/png", "b"}, {"text/html", "a picture"}
        }) {
      s3.put(id, other[0], other[1].getBytes(StandardCharsets.UTF_8));
      assertThat(keep(upload).code()).isEqualTo("UPLOAD_MISSING");
    }
    s3.put(id, "image/png", PICTURE);
    assertThat(keep(upload).code()).isEqualTo("no error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "../etc/passwd", "a/b.png", "x?tagging", "snow\u2603.png", "a\r\nhost: b"})
  void an_id_that_was_never_created_does_not_reach_the_bucket(String id) {
    s3.close(); // a call would be UNAVAILABLE

    assertThat(keep(phone, id).code()).isEqualTo("NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, 9",
    "IMAGE/PNG, 9",
    "image/png; charset=utf-8, 9",
    "image/png, 0",
    "image/png, -1",
    "image/png, 1001",
  })
  void a_content_that_the_app_does_not_allow_is_refused(String contentType, int bytes) {
    assertThat(create(contentType, bytes, sha256(PICTURE)).code()).isEqualTo("BAD_USER_INPUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgh="})
  void a_malformed_hash_is_refused(String sha256) {
    assertThat(create("image/png", 9, sha256).code()).isEqualTo("BAD_USER_INPUT");
  }

  @Test
  void without_a_bucket_uploads_are_off() {
    Phone off =
        app(Bucket.of(Map.of(), () -> now)).phone().with("authorization", "Bearer uploader");

    assertThat(
            off.ask(
                    CREATE,
                    Map.of(
                        "input",
                        Map.of("contentType", "image/png", "bytes", 9, "sha256", sha256(PICTURE))))
                .code())
        .isEqualTo("UPLOADS_OFF");
  }

  @Test
  void a_confirmation_while_the_bucket_is_down_can_be_repeated() throws IOException {
    JsonNode upload = created();
    Map<String, Object> confirmation =
        Map.of(
            "requestId", UUID.randomUUID().toString(),
            "uploadId", upload.get("uploadId").asText());
    s3.close();
    assertThat(phone.ask(KEEP, Map.of("input", confirmation)).code()).isEqualTo("UNAVAILABLE");

    try (LocalS3 again = new LocalS3(0, List.of(), () -> now)) {
      again.put(upload.get("uploadId").asText(), "image/png", PICTURE);
      Phone later =
          app(Bucket.of(again.environment(), () -> now))
              .phone()
              .with("authorization", "Bearer uploader");
      assertThat(later.ask(KEEP, Map.of("input", confirmation)).code()).isEqualTo("no error");
    }
  }

  @Test
  void a_url_for_reading_is_equal_for_five_minutes_and_expires() {
    JsonNode upload = created();
    put(upload, PICTURE);
    String first = keep(upload).data("/keep/url").asText();
    now = now.plus(Duration.ofMinutes(4));
    String second = keep(upload).data("/keep/url").asText();
    now = now.plus(Duration.ofMinutes(7));

    assertThat(second).isEqualTo(first);
    assertThat(send("GET", first, Map.of(), new byte[0]).statusCode()).isEqualTo(403);
    assertThat(keep(upload).data("/keep/url").asText()).isNotEqualTo(first);
  }

  @Test
  void pages_of_the_apps_origins_may_upload() {
    JsonNode upload = created();

    assertThat(preflight(upload, "https://app.example").statusCode()).isEqualTo(200);
    assertThat(preflight(upload, "https://other.example").statusCode()).isEqualTo(403);
  }

  private static HttpResponse<byte[]> preflight(JsonNode upload, String origin) {
    return send(
        "OPTIONS",
        upload.get("url").asText(),
        Map.of(
            "origin",
            origin,
            "access-control-request-method",
            "PUT",
            "access-control-request-headers",
            String.join(",", headers(upload).keySet())),
        new byte[0]);
  }
}
