package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as events of REST APIs, HTTP APIs and function URLs. */
final class GatewayEventsTest {

  private static final String BODY =
      "{\"query\": \"{ airport(code: \\\"SFO\\\") { name city } }\"}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RequestStreamHandler handler =
      LayoverBench.shared().handler(LayoverBench.shared().table().client());

  private Phone.Reply invoke(String event) {
    return Phone.invoke(handler, event, "aws-request-id");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertSanFrancisco(Phone.Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
    assertThat(reply.headers().get("content-type").asText())
        .isEqualTo("application/json; charset=utf-8");
  }

  @Test
  void a_rest_api_sends_payload_format_1_0_with_header_names_in_the_clients_case()
      throws JsonProcessingException {
    APIGatewayProxyRequestEvent event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withPath("/graphql")
            .withHeaders(Map.of("Content-Type", "application/json"))
            .withMultiValueHeaders(
                Map.of(
                    "Content-Type",
                    List.of("application/json"),
                    "Accept",
                    List.of("text/html", "application/json")))
            .withRequestContext(
                new APIGatewayProxyRequestEvent.ProxyRequestContext().withRequestId("rest-1"))
            .withBody(BODY)
            .withIsBase64Encoded(false);

    assertSanFrancisco(invoke(JSON.writeValueAsString(event)));
  }

  @Test
  void a_rest_api_gets_no_compressed_response_because_it_does_not_decode_base64()
      throws JsonProcessingException {
    APIGatewayProxyRequestEvent event =
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withHeaders(Map.of("Content-Type", "application/json", "Accept-Encoding", "gzip"))
            .withRequestContext(
                new APIGatewayProxyRequestEvent.ProxyRequestContext().withRequestId("rest-2"))
            .withBody(
                "{\"query\": \"{ departures(airport: \\\"DFW\\\", first: 50) { edges { node { id } } } }\"}");

    Phone.Reply reply = invoke(JSON.writeValueAsString(event));

    assertThat(reply.data("/departures/edges")).hasSize(50);
    assertThat(reply.headers().has("content-encoding")).isFalse();
  }

  @Test
  void an_http_api_sends_bodies_of_other_types_as_base64() {
    assertSanFrancisco(invoke(v2("application/json", base64(BODY), true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"charset=utf-8", "charset=UTF-8", "charset=\"utf-8\"", "charset=utf8"})
  void utf8_may_be_written_as_clients_do(String parameter) {
    assertSanFrancisco(invoke(v2("application/json; " + parameter, BODY, false)));
  }

  @Test
  void non_ascii_letters_survive_in_requests_and_responses() {
    String body = "{\"query\": \"{ searchAirports(text: \\\"Malmö\\\") { city } }\"}";
    for (String event :
        List.of(v2("application/json", body, false), v2("application/json", base64(body), true))) {
      assertThat(invoke(event).data("/searchAirports/0/city").asText()).isEqualTo("Malmö");
    }
  }

  /** The event documented in "Creating and managing Lambda function URLs", shortened. */
  @Test
  void a_function_url_sends_payload_format_2_0_with_its_own_context()
      throws JsonProcessingException {
    Map<String, Object> event =
        Map.of(
            "version",
            "2.0",
            "routeKey",
            "$default",
            "rawPath",
            "/graphql",
            "headers",
            Map.of("content-type", "application/json; charset=UTF-8"),
            "requestContext",
            Map.of(
                "accountId", "anonymous",
                "domainName", "example.lambda-url.us-east-1.on.aws",
                "http", Map.of("method", "POST", "path", "/graphql", "sourceIp", "192.0.2.1"),
                "requestId", "url-1",
                "stage", "$default"),
            "body",
            BODY,
            "isBase64Encoded",
            false);

    assertSanFrancisco(invoke(JSON.writeValueAsString(event)));
  }

  /** Sends a request with IAM, such as that of CloudFront, which signs with its own key. */
  private static Phone.Reply signed(Phone phone) {
    return phone
        .with(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIA/20260115/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00")
        .ask("{ airport(code: \"SFO\") { city } me { id } }");
  }

  @Test
  void a_signature_for_aws_is_no_token_of_this_api_so_the_caller_is_anonymous() {
    Phone.Reply reply = signed(LayoverBench.stranger());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
    assertThat(reply.data("/me").isNull()).isTrue();
  }

  @Test
  void beside_a_signature_for_aws_the_token_is_in_a_header_of_its_own_and_verified() {
    String header = "x-forwarded-authorization";
    String token = "Bearer " + LayoverBench.shared().tokens().token("traveller-1");

    assertThat(signed(LayoverBench.stranger().with(header, token)).data("/me/id").asText())
        .isEqualTo("traveller-1");
    assertThat(signed(LayoverBench.stranger().with(header, "Bearer forged")).status())
        .isEqualTo(401);
    Phone.Reply unsigned = LayoverBench.stranger().with(header, token).ask("{ me { id } }");
    assertThat(unsigned.data("/me").isNull()).isTrue(); // the header counts beside a signature only
  }

  @Test
  void a_request_without_a_body_is_a_bad_request_not_a_failure() {
    String event =
        """
        {"version": "2.0", "headers": {"content-type": "application/json"},
         "requestContext": {"requestId": "r", "http": {"method": "POST"}}, "isBase64Encoded": false}
        """;
    assertThat(invoke(event).code()).isEqualTo("BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"Records\": []}",
        "{\"requestContext\": {}}",
        "{\"requestContext\": {\"requestId\": \"r\", \"http\": {}}}",
        "{\"requestContext\": {\"requestId\": \"r\", \"http\": {\"method\": \"POST\"}}, \"body\": \"%%%\", \"isBase64Encoded\": true}",
        "not JSON",
      })
  void an_invalid_event_is_answered_and_logged(String event) {
    Phone.Reply reply = invoke(event);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BAD_REQUEST");
    assertThat(reply.body().at("/errors/0/extensions/requestId").asText())
        .isEqualTo("aws-request-id");
    assertThat(LayoverBench.shared().logged("aws-request-id")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\": \"0\", \"source\": \"aws.events\", \"detail-type\": \"Scheduled Event\", \"detail\": {}}",
        "{\"source\": \"aws.scheduler\"}",
        "{\"source\": \"serverless-plugin-warmup\"}",
        "{\"warmer\": true, \"concurrency\": 3}",
      })
  void a_warm_up_ping_is_answered_with_one_quiet_line(String event) {
    Phone.Reply reply = Phone.invoke(handler, event, "ping " + event.hashCode());

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.bytes()).isZero();
    assertThat(LayoverBench.shared().logged("ping " + event.hashCode()))
        .singleElement()
        .asString()
        .startsWith("{\"level\":\"INFO\",\"event\":\"warmUp\"");
  }

  private static String v2(String contentType, String body, boolean base64) {
    try {
      return JSON.writeValueAsString(
          Map.of(
              "version",
              "2.0",
              "headers",
              Map.of("content-type", contentType),
              "requestContext",
              Map.of("requestId", "v2", "http", Map.of("method", "POST")),
              "body",
              body,
              "isBase64Encoded",
              base64));
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
