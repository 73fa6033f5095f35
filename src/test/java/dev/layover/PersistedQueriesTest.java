package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.LayoverBench;
import dev.screenful.crypto.Sha256;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Wire;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Automatic persisted queries: first the hash, then hash and document, then only the hash. */
final class PersistedQueriesTest {

  private final Phone phone = LayoverBench.stranger();

  private static String body(String more, String hash) {
    return "{%s\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
        .formatted(more, hash);
  }

  private static String query(String document) {
    return "\"query\": \"" + document + "\", ";
  }

  private static Phone withNewInstance(Phone phone) {
    return phone.reaching(LayoverBench.shared().handler(LayoverBench.shared().table().client()));
  }

  @Test
  void a_document_is_registered_once_and_known_to_every_instance() {
    String document = "query Once { airport(code: \\\"SFO\\\") { city } }";
    String hash = Sha256.hex("query Once { airport(code: \"SFO\") { city } }");

    assertThat(phone.send(body("", hash)).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    assertThat(phone.send(body(query(document), hash)).data("/airport/city").asText())
        .isEqualTo("San Francisco");
    assertThat(phone.send(body("", hash)).data("/airport/city").asText())
        .isEqualTo("San Francisco");
    assertThat(withNewInstance(phone).send(body("", hash)).data("/airport/city").asText())
        .isEqualTo("San Francisco");
  }

  @Test
  void a_registered_document_is_stored_without_comments_and_white_space() {
    String padded =
        "query Padded { airport(code: \"SFO\") { city __typename } } #" + "x".repeat(9000);
    String hash = Sha256.hex(padded);
    phone.send(body(query(padded.replace("\"", "\\\"")), hash));

    Phone.Reply reply = withNewInstance(phone).send(body("", hash));

    assertThat(reply.data("/airport").toString())
        .isEqualTo("{\"city\":\"San Francisco\",\"__typename\":\"Airport\"}");
    Item stored =
        new Store(LayoverBench.shared().table(), Deadline.distant())
            .get(new Key("DOCUMENT#" + hash, "DOCUMENT"), Projection.whole());
    assertThat(String.valueOf(stored)).contains("Padded").hasSizeLessThan(300);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/graphql-response+json"})
  void an_unknown_hash_gets_persisted_query_not_found(String accept) {
    Phone.Reply reply = phone.with("accept", accept).send(body("", "0".repeat(64)));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.message()).isEqualTo("PersistedQueryNotFound");
    assertThat(reply.code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
  }

  /** The phone, calling a function that fails in one operation of DynamoDB. */
  private static Phone failing(Phone phone, String failed) {
    Wire wire =
        new Wire() {
          @Override
          protected void beforeSending(String operation, JsonNode request) {
            if (operation.equals(failed)) {
              throw new IllegalStateException("The table does not answer.");
            }
          }
        };
    return phone.reaching(LayoverBench.shared().handler(wire.client()));
  }

  @Test
  void a_failed_registration_is_logged_and_the_document_is_executed() {
    String document = "query Unkept { me { id } }";

    Phone.Reply reply = failing(phone, "PutItem").send(body(query(document), Sha256.hex(document)));

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(LayoverBench.shared().logged(reply.requestId()))
        .anyMatch(line -> line.contains("registering a document"));
    assertThat(phone.send(body("", Sha256.hex(document))).code())
        .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
  }

  @Test
  void a_request_that_fails_as_a_whole_is_answered_and_logged() {
    Phone.Reply reply = failing(phone, "GetItem").send(body("", "1".repeat(64)));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(LayoverBench.shared().logged(reply.requestId()))
        .anyMatch(
            line -> line.contains("\"event\":\"request\"") && line.contains("\"status\":500"));
  }

  @Test
  void variables_work_with_a_hash_as_with_a_document() {
    String document = "query ByCode($code: ID!) { airport(code: $code) { city } }";
    String hash = Sha256.hex(document);
    phone.send(body(query(document) + "\"variables\": {\"code\": \"SFO\"}, ", hash));

    Phone.Reply reply = phone.send(body("\"variables\": {\"code\": \"AUS\"}, ", hash));

    assertThat(reply.data("/airport/city").asText()).isEqualTo("Austin");
  }

  @Test
  void without_persisted_queries_clients_get_persisted_query_not_supported() {
    Phone without = LayoverBench.shared().stranger(Map.of("PERSISTED_QUERIES", "off"));
    String document = "{ airport(code: \\\"SFO\\\") { city } }";
    String hash = Sha256.hex("{ airport(code: \"SFO\") { city } }");

    for (String body : new String[] {body("", hash), body(query(document), hash)}) {
      Phone.Reply reply = without.with("accept", "application/graphql-response+json").send(body);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.message()).isEqualTo("PersistedQueryNotSupported");
      assertThat(reply.code()).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
    }
    assertThat(without.send("{" + query(document).replace(", ", "") + "}").code())
        .isEqualTo("no error");
  }
}
