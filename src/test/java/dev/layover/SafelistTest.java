package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.Settings;
import dev.screenful.crypto.Sha256;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Wire;
import dev.screenful.screens.Safelist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The safelist: a closed function executes known screens only. */
final class SafelistTest {

  private static final Map<String, String> CLOSED = Map.of("SAFELIST", "known-screens");
  private static final Map<String, Object> SAN = Map.of("text", "san fra");

  private static final String AS_WRITTEN =
      """
      # Search results for airports, shown while the user types.
      query SearchAirports($text: String!) {
        searchAirports(text: $text, first: 8) { id code name city country }
      }
      """;

  private final Phone phone = LayoverBench.shared().stranger(CLOSED);

  private static void assertRefused(Phone.Reply reply) {
    assertThat(reply.code()).isEqualTo("QUERY_NOT_IN_SAFELIST");
    assertThat(reply.body().has("data")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        AS_WRITTEN,
        "query SearchAirports($text:String!){searchAirports(first:8,text:$text){id code name city country}}",
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 8) { id code name city country __typename } }",
        "query SearchAirports($text: String!) { __typename searchAirports(text: $text, first: 8) { __typename id code name city country } }",
        "query SearchAirports($text: String!) @budget(bytes: 1, reads: 1, trips: 1) { searchAirports(text: $text, first: 8) { id code name city country } }",
      })
  void a_screen_runs_however_a_client_writes_it(String document) {
    Phone.Reply reply = phone.ask(document, SAN);

    assertThat(reply.data("/searchAirports/0/code").asText()).isEqualTo("SFO");
    assertThat(reply.body().toString().contains("__typename"))
        .isEqualTo(document.contains("__typename"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ __typename }",
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 9) { id code name city country } }",
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 8) { id code name city country region } }",
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 8) { code id name city country } }",
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 8) { id code name city t: __typename country } }",
        "query SearchAirports($text: String!) { a: searchAirports(text: $text, first: 8) { id code name city country } }",
        "query Searchairports($text: String!) { searchAirports(text: $text, first: 8) { id code name city country } }",
        "query SearchAirports($text: String! = \"a\") { searchAirports(text: $text, first: 8) { id code name city country } }",
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 8) { id code name city country } } query Two { me { id } }",
        "{ __schema { types { name } } }",
      })
  void any_other_document_is_refused_with_the_same_code(String document) {
    assertRefused(phone.ask(document, SAN));
    assertRefused(phone.with("accept", "application/graphql-response+json").ask(document, SAN));
    assertThat(
            phone.with("accept", "application/graphql-response+json").ask(document, SAN).status())
        .isEqualTo(400);
  }

  /**
   * The documents that Apollo Kotlin sends, without and with {@code keyFields}. {@link
   * ApolloClientIT} tests those of Apollo Client.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "target/clients/operation-output.json",
        "target/generated-test-sources/apollo-with-keys.json"
      })
  void all_screens_run_as_apollo_kotlin_sends_them(Path output) throws IOException {
    JsonNode operations = new ObjectMapper().readTree(output.toFile());

    assertThat(operations).hasSize(LayoverBench.shared().screens().size());
    for (JsonNode operation : operations) {
      Phone.Reply reply = phone.ask(operation.get("source").asText());
      assertThat(reply.code())
          .as("%s", reply.body()) // the requests lack variables, a caller or a WebSocket
          .isIn("no error", "BAD_USER_INPUT", "UNAUTHENTICATED", "BAD_REQUEST");
    }
  }

  private static String persisted(String query, String hash) {
    return "{%s\"variables\": {\"text\": \"san fra\"}, \"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
        .formatted(query, hash);
  }

  @Test
  void a_client_can_register_the_hash_of_its_own_form_of_a_screen() {
    String document =
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 8) { id code name city country __typename } }";
    String hash = Sha256.hex(document);

    assertThat(phone.send(persisted("", hash)).code()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    assertThat(
            phone
                .send(persisted("\"query\": \"" + document + "\", ", hash))
                .data("/searchAirports/0/code")
                .asText())
        .isEqualTo("SFO");
    assertThat(phone.send(persisted("", hash)).data("/searchAirports/0/__typename").asText())
        .isEqualTo("Airport");
  }

  @Test
  void a_refused_document_causes_no_store_calls() {
    Wire wire = new Wire();
    Phone counted = phone.reaching(LayoverBench.shared().handler(CLOSED, wire.client()));
    String document = "{ departures(airport: \"DFW\") { edges { node { id } } } }";

    assertRefused(counted.ask(document));
    assertRefused(
        counted.send(persisted("\"query\": \"{ me { id } }\", ", Sha256.hex("{ me { id } }"))));
    assertThat(wire.exchanges()).isEmpty();
    assertThat(counted.ask(AS_WRITTEN, SAN).code()).isEqualTo("no error");
    assertThat(wire.exchanges()).isNotEmpty();
  }

  @Test
  void by_default_the_function_is_closed() {
    assertThatThrownBy(() -> LayoverBench.shared().settings(Map.of("SAFELIST", "closed")))
        .hasMessage("SAFELIST must be known-screens or open, not closed.");
    Map<String, String> least =
        Map.of("LAMBDA_TASK_ROOT", ".", "TABLE_NAME", "t", "CURSOR_SECRET", "x".repeat(32));
    assertThat(Settings.of(least).documents().safelist()).isEqualTo(Safelist.KNOWN_SCREENS);
  }
}
