package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.kit.Phone;
import dev.screenful.screens.KnownScreens;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with screens and manifests: valid ones are served, invalid ones stop the start. */
final class KnownScreensTest {

  private static final String SDL =
      "type Query { a: String @public(why: \"test\") b: String @public(why: \"test\") }";

  /** An app that serves known screens only. */
  private static Phone closed(Map<String, String> files) {
    return new TinyApp(
            SDL,
            fields -> {
              fields.query("a", call -> "A");
              fields.query("b", call -> "B");
            },
            files,
            Map.of("SAFELIST", "known-screens"))
        .phone();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"format\": \"apollo-persisted-query-manifest\", \"version\": 1, \"operations\": [{\"id\": \"my-id\", \"name\": \"A\", \"type\": \"query\", \"body\": \"query A { a }\"}]}",
        "{\"my-id\": {\"name\": \"A\", \"source\": \"query A { a }\", \"type\": \"query\"}}",
        "{\"my-id\": \"query A { a }\"}",
      })
  void documents_of_an_app_manifest_are_known_screens(String manifest) {
    for (String folder : new String[] {"screens", "released"}) {
      Phone phone = closed(Map.of(folder + "/some-app/1.0.json", manifest));

      assertThat(phone.ask("query A { a }").data("/a").asText()).isEqualTo("A");
      assertThat(phone.ask("query A { b }").code()).isEqualTo("QUERY_NOT_IN_SAFELIST");
    }
  }

  @Test
  void a_manifest_id_in_place_of_a_hash_finds_its_document() {
    String id = "f".repeat(64);
    Phone phone =
        closed(Map.of("released/some-app/1.0.json", "{\"%s\": \"query A { a }\"}".formatted(id)));

    Phone.Reply reply =
        phone.send(
            "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
                .formatted(id));

    assertThat(reply.data("/a").asText()).isEqualTo("A");
  }

  @Test
  void a_document_of_a_manifest_may_exceed_the_request_limits_by_id_and_by_text() {
    String id = "e".repeat(64);
    String document = "query A { " + "a ".repeat(20_000) + "}";
    Phone phone =
        closed(Map.of("released/some-app/1.0.json", "{\"%s\": \"%s\"}".formatted(id, document)));

    assertThat(phone.ask(document + " ").code()).isEqualTo("GRAPHQL_PARSE_FAILED");
    assertThat(phone.ask(document).data("/a").asText()).isEqualTo("A");
    assertThat(
            phone
                .send(
                    "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
                        .formatted(id))
                .data("/a")
                .asText())
        .isEqualTo("A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "screens/A.graphql       | query A {             | this is not valid GraphQL at '<EOF>', line 1",
        "screens/A.graphql       | { a }                 | the operation must have a name",
        "screens/A.graphql       | query A { a } query B { b } | a screen must have exactly one named operation, not 2",
        "screens/A.graphql       | query B { b }         | the operation is named B; the file and the operation must have the same name",
        "screens/A.graphql       | query A @budget(bytes: 1, reads: -1, trips: 1) { a } | 'reads' of @budget must be a non-negative integer",
        "screens/A.graphql       | query A @budget(bytes: 1, reads: 1) { a } | 'trips' of @budget must be a non-negative integer",
        "screens/app/1.json      | []                    | is not a manifest",
        "screens/app/1.json      | {}                    | is not a manifest",
        "screens/app/1.json      | {\"a\": 1}            | is not a manifest: the entry with the id a",
        "screens/app/1.json      | {\"operations\": [{\"id\": \"a\", \"body\": \"query A { a }\"}, {\"id\": \"b\"}]} | the entry with the id b",
        "screens/app/1.json      | {\"operations\": [{\"id\": \"a\", \"body\": \"query A { a }\"}, {\"id\": \"a\", \"body\": \"query A { b }\"}]} | contains the id a twice",
        "screens/app/1.json      | nonsense              | The JSON is malformed",
        "released/app/1.json     | {\"x\": \"query A {\"} | id x: ",
        "released/app/1.json     | {\"x\": \"{ a }\"}     | id x: the operation must have a name",
      })
  void an_invalid_screen_stops_the_start_and_names_its_file(
      String file, String content, String message) {
    assertThatThrownBy(() -> KnownScreens.of(TinyApp.folder(Map.of(file, content))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("schema/" + file)
        .hasMessageContaining(message);
  }

  @Test
  void one_id_for_two_documents_stops_the_start() {
    Map<String, String> files =
        Map.of(
            "released/app/1.json", "{\"x\": \"query A { a }\"}",
            "released/app/2.json", "{\"x\": \"query A { b }\"}");
    assertThatThrownBy(() -> KnownScreens.of(TinyApp.folder(files)))
        .hasMessageContaining("another manifest uses this id for a different document");
  }

  @Test
  void a_folder_without_screens_stops_the_start() {
    assertThatThrownBy(() -> KnownScreens.of(Path.of("src"))).hasMessageContaining("can't be read");
  }

  @Test
  void a_document_id_may_be_any_id_of_a_manifest() {
    Phone phone = closed(Map.of("released/some-app/1.0.json", "{\"my-id\": \"query A { a }\"}"));

    assertThat(phone.send("{\"documentId\": \"my-id\"}").data("/a").asText()).isEqualTo("A");
    assertThat(phone.send("{\"documentId\": \"no-id\"}").code())
        .isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    assertThat(phone.send("{\"documentId\": \"my-id\", \"query\": \"query A { b }\"}").code())
        .isEqualTo("BAD_REQUEST");
    for (String id : new String[] {"7", "\"\"", "\"" + "x".repeat(257) + "\"", "{}"}) {
      assertThat(phone.send("{\"documentId\": %s}".formatted(id)).code()).isEqualTo("BAD_REQUEST");
    }
  }
}
