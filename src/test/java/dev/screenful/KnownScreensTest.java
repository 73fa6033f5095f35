package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.layover.local.Phone;
import dev.screenful.screens.KnownScreens;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may stand in the folder of the screens, and what stops the start. */
final class KnownScreensTest {

  private static final String SDL =
      "type Query { a: String @public(why: \"test\") b: String @public(why: \"test\") }";

  /** On the table of Layover, where hashes are looked for. */
  private static Phone closed(Map<String, String> files) {
    return new TinyApp(
            SDL,
            fields -> {
              fields.query("a", call -> "A");
              fields.query("b", call -> "B");
            },
            files,
            Map.of("SAFELIST", "known-screens", "TABLE_NAME", "layover"))
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
  void a_manifest_of_an_app_counts_as_screens(String manifest) {
    for (String folder : new String[] {"screens", "released"}) {
      Phone phone = closed(Map.of(folder + "/some-app/1.0.json", manifest));

      assertThat(phone.ask("query A { a }").data("/a").asText()).isEqualTo("A");
      assertThat(phone.ask("query A { b }").code()).isEqualTo("QUERY_NOT_IN_SAFELIST");
    }
  }

  @Test
  void an_id_of_a_manifest_stands_for_its_document_though_hashes_are_not_taken() {
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
  void a_document_of_a_manifest_may_be_longer_than_a_strangers() {
    String id = "e".repeat(64);
    String document = "query A { " + "a ".repeat(20_000) + "}";
    Phone phone =
        closed(Map.of("released/some-app/1.0.json", "{\"%s\": \"%s\"}".formatted(id, document)));

    assertThat(phone.ask(document).code()).isEqualTo("GRAPHQL_PARSE_FAILED");
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
        "screens/A.graphql       | query A {             | Invalid",
        "screens/A.graphql       | { a }                 | a screen is one operation with a name, not 0",
        "screens/A.graphql       | query A { a } query B { b } | a screen is one operation with a name, not 2",
        "screens/A.graphql       | query B { b }         | the operation is called B; give file and operation one name",
        "screens/A.graphql       | query A @budget(bytes: 1, reads: -1, trips: 1) { a } | @budget says 'reads' as a whole number",
        "screens/A.graphql       | query A @budget(bytes: 1, reads: 1) { a } | @budget says 'trips' as a whole number",
        "screens/app/1.json      | []                    | is no manifest",
        "screens/app/1.json      | {}                    | is no manifest",
        "screens/app/1.json      | {\"a\": 1}            | is no manifest: the entry with the id a",
        "screens/app/1.json      | {\"operations\": [{\"id\": \"a\", \"body\": \"query A { a }\"}, {\"id\": \"b\"}]} | the entry with the id b",
        "screens/app/1.json      | {\"operations\": [{\"id\": \"a\", \"body\": \"query A { a }\"}, {\"id\": \"a\", \"body\": \"query A { b }\"}]} | has the id a twice",
        "screens/app/1.json      | nonsense              | It is not well-formed JSON",
        "released/app/1.json     | {\"x\": \"query A {\"} | id x: ",
        "released/app/1.json     | {\"x\": \"{ a }\"}     | id x: a screen is one operation with a name",
      })
  void what_can_not_be_a_screen_stops_the_start_and_names_the_file(
      String file, String content, String message) {
    assertThatThrownBy(() -> new KnownScreens(TinyApp.folder(Map.of(file, content))))
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
    assertThatThrownBy(() -> new KnownScreens(TinyApp.folder(files)))
        .hasMessageContaining("another manifest has this id for another document");
  }

  @Test
  void a_folder_without_screens_stops_the_start() {
    assertThatThrownBy(() -> new KnownScreens(Path.of("src")))
        .hasMessageContaining("can't be read");
  }

  @Test
  void an_app_may_name_a_document_of_its_manifest_by_any_id() {
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
