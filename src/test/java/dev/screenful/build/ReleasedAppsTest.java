package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.crypto.Sha256;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema change that would break a released app stops the build. */
final class ReleasedAppsTest {

  private static final String SDL =
      """
      directive @budget(bytes: Int!, reads: Int!, trips: Int!) on QUERY | MUTATION
      type Query { trip(id: ID!, day: String): Trip trips(filter: Filter): [Trip!] other: Other }
      type Trip { id: ID! title: String! kind: Kind note: String old: String @deprecated(reason: "Use note.") }
      type Other { x: Int! }
      enum Kind { AIR RAIL }
      input Filter { kind: Kind from: String limit: Int! = 1 }
      interface Thing { id: ID! }
      type Walk implements Thing { id: ID! length: Int! }
      input Pick { id: ID day: String }
      extend type Query { thing: Thing unusedArgument(a: Int): Int pick(by: Pick): Int }
      """;

  @TempDir private Path temporary;
  private Path schema = Path.of("");

  @BeforeEach
  void release() throws IOException {
    schema = Files.createDirectories(temporary.resolve("schema"));
    Files.createDirectories(schema.resolve("screens"));
    sdl(SDL);
    screen("Trip", "query Trip($id: ID!) { trip(id: $id) { id title kind } }");
    screen("Trips", "query Trips($filter: Filter) { trips(filter: $filter) { id old } }");
    screen(
        "Thing",
        "query Thing($by: Pick) { thing { id ... on Walk { length } } unusedArgument pick(by: $by) }");
    Release.record(schema, "some-app", "1.0", "");
  }

  private void sdl(String sdl) throws IOException {
    Files.writeString(schema.resolve("app.graphqls"), sdl);
  }

  private void screen(String name, String document) throws IOException {
    Files.writeString(schema.resolve("screens/" + name + ".graphql"), document);
    String variables =
        Pattern.compile("\\$(\\w+):")
            .matcher(document)
            .results()
            .map(variable -> "\"%s\": \"\"".formatted(variable.group(1)))
            .collect(Collectors.joining(", "));
    Files.writeString(
        schema.resolve("screens/" + name + ".example.json"),
        "{\"variables\": {%s}}".formatted(variables));
  }

  private List<String> errors() {
    return SchemaCheck.findings(schema).stream()
        .filter(SchemaFinding::isError)
        .map(SchemaFinding::text)
        .toList();
  }

  @Test
  void a_field_of_a_released_live_screen_must_stay() throws IOException {
    String live = SDL.replace("QUERY | MUTATION", "QUERY | MUTATION | SUBSCRIPTION");
    sdl(live + "type Subscription { trip(id: ID!, day: String): Trip }");
    screen("TripLive", "subscription TripLive($id: ID!) { trip(id: $id) { id note } }");
    Release.record(schema, "live-app", "1.0", "");

    sdl(live + "type Subscription { other: Other }");

    assertThat(errors())
        .anyMatch(error ->
            error.startsWith("live-app 1.0, screen TripLive: 'Subscription.trip' was removed."));
  }

  @Test
  void a_screen_above_the_request_limits_stops_the_build() throws IOException {
    screen("Large", "query Large { thing { id " + "id ".repeat(1000) + "} }");

    assertThat(errors())
        .containsExactly(
            schema.resolve("screens/Large.graphql")
                + ": as sent by clients, the document exceeds 16384 characters or 1000 tokens. Split the screen.");
  }

  @Test
  void a_release_without_a_manifest_keeps_the_documents_and_ids_of_both_apollo_clients()
      throws IOException {
    List<String> sent = SentDocuments.texts(Screen.folder(schema.resolve("screens")).getLast());
    screen("Trips", "query Trips { trips { id } }"); // changed after the release

    assertThat(sent)
        .hasSize(2)
        .allSatisfy(text ->
            assertThat(KnownScreens.of(schema).documents())
                .anySatisfy(known -> {
                  assertThat(known.text()).isEqualTo(text);
                  assertThat(known.ids()).containsExactly(Sha256.hex(text));
                }));
  }

  @Test
  void an_unchanged_schema_has_no_findings() {
    assertThat(SchemaCheck.findings(schema)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "title: String! | name: String! | Trip | 'Trip.title' was removed. Restore it",
        "title: String! | title: String | Trip | 'Trip.title' changed from String! to String. Keep it",
        "title: String! | title: Int!   | Trip | 'Trip.title' changed from String! to Int!",
        "day: String    | day: String!  | Trip | day",
        "day: String    | day: String, zone: String! | Trip | zone",
        "RAIL           | SEA           | Trip | 'RAIL' of 'Kind' was removed",
        "AIR RAIL       | RAIL          | Trips | 'AIR' of 'Kind' was removed",
        "from: String   | from: String! | Trips | 'Filter.from' changed from String to String!",
        "from: String   | from: String to: String! | Trips | 'Filter.to' is new and required",
        "limit: Int! = 1 | limit: Int!  | Trips | 'Filter.limit'",
        "from: String   |               | Trips | 'Filter.from' was removed",
        "trips(filter: Filter): [Trip!] | trips(filter: Filter): [Trip] | Trips | 'Query.trips' changed from [Trip!] to [Trip]",
        "length: Int!   | length: Int   | Thing | 'Walk.length' changed from Int! to Int",
        "input Pick     | input Pick @oneOf | Thing | The input 'Pick' became @oneOf",
      })
  void a_change_that_breaks_a_released_document_is_an_error_with_app_version_and_screen(
      String before, @Nullable String after, String screen, String message) throws IOException {
    screen("Trip", "query Trip($id: ID!) { trip(id: $id, day: \"a\") { id } }");
    screen("Trips", "query Trips { trips { id } }");
    screen("Thing", "query Thing { thing { id } }");
    sdl(SDL.replace(before, after == null ? "" : after));

    assertThat(errors())
        .anySatisfy(error ->
            assertThat(error)
                .startsWith("some-app 1.0, screen " + screen + ": ")
                .contains(message)
                .matches("(?s).*(Restore it|Keep it unchanged|Make it nullable|Change the SDL).*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x: Int!       | y: Int!    | 'Other.x'",
        "x: Int!       | x: Int     | 'Other.x'",
        "note: String  | memo: String | 'Trip.note'",
        "unusedArgument(a: Int): Int | unusedArgument: Int | unusedArgument",
      })
  void a_breaking_change_that_affects_no_released_app_is_a_warning(
      String before, String after, String message) throws IOException {
    sdl(SDL.replace(before, after));

    assertThat(errors()).isEmpty();
    assertThat(SchemaCheck.findings(schema))
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.text()).contains(message, "No known released app uses it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type Added { a: Int }",
        "extend type Trip { added: String }",
        "extend input Filter { to: String }",
      })
  void an_addition_breaks_no_app(String addition) throws IOException {
    sdl(SDL + addition);

    assertThat(SchemaCheck.findings(schema)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "extend enum Kind { SEA AIRSHIP } | 'Kind' gained AIRSHIP, SEA | Trip",
        "type Run implements Thing { id: ID! } | 'Thing' gained Run | Thing",
      })
  void an_addition_that_released_apps_can_get_is_a_warning_with_app_version_and_screen(
      String addition, String message, String screen) throws IOException {
    sdl(SDL + addition);

    assertThat(SchemaCheck.findings(schema))
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.isError()).isFalse();
          assertThat(warning.text()).contains(message, "some-app 1.0, screen " + screen + ".");
        });
  }

  @Test
  void a_screen_must_select_the_id_of_each_object_that_has_one() throws IOException {
    screen("Trip", "query Trip($id: ID!) {\n  trip(id: $id) {\n    title\n  }\n}");
    screen("Trips", "query Trips { trips { ...T } }\nfragment T on Trip { id }");
    screen("Thing", "query Thing { thing { id ...W } }\nfragment W on Walk {\n length\n}");
    screen("Alias", "query Alias { trips { id: title key: id } }");

    assertThat(errors())
        .satisfiesExactlyInAnyOrder(
            error -> assertThat(error).contains("Trip.graphql:2: Select 'id' of 'Trip'"),
            error -> assertThat(error).contains("Trips.graphql:1: Select 'id' of 'Trip'"),
            error -> assertThat(error).contains("Thing.graphql:2: Select 'id' of 'Walk'"),
            error -> assertThat(error).contains("Alias.graphql:1: Select 'id' of 'Trip'"));
  }

  @Test
  void without_the_released_sdl_documents_must_be_valid_for_the_current_sdl() throws IOException {
    Files.delete(schema.resolve("released/schema.graphqls"));
    screen("Trip", "query Trip($id: ID!) { trip(id: $id) { id } }");
    sdl(SDL.replace("title: String!", ""));

    assertThat(errors())
        .singleElement()
        .satisfies(error ->
            assertThat(error)
                .startsWith("some-app 1.0, screen Trip: ")
                .contains("'title'", "remove")
                .contains("released/some-app/1.0.json"));
  }

  @Test
  void an_invalid_screen_is_an_error_with_its_line() throws IOException {
    screen("Trip", "query Trip($id: ID!) {\n  trip(id: $id) {\n    id\n    nope\n  }\n}");

    assertThat(errors())
        .singleElement()
        .satisfies(error ->
            assertThat(error).contains("screens/Trip.graphql:4: ", "'nope'", "Change the screen"));
  }

  @Test
  void all_that_can_not_be_read_is_found_at_once() throws IOException {
    sdl(SDL + "extend type Query { a: Triip }\n");
    screen("One", "query Two { other { x } }");
    screen("Three", "query Three { other { x }");

    assertThat(errors())
        .satisfiesExactly(
            error ->
                assertThat(error)
                    .contains(
                        "schema/app.graphqls:11: there is no type 'Triip'; did you mean 'Trip'?"),
            error ->
                assertThat(error)
                    .contains("One.graphql: the operation is named Two", "Three.graphql"));
  }

  @Test
  void an_incomplete_budget_is_an_error_with_its_line() throws IOException {
    screen("Trip", "query Trip($id: ID!)\n@budget(bytes: 1, reads: 2) { trip(id: $id) { id } }");

    assertThat(errors())
        .singleElement()
        .satisfies(error -> assertThat(error).contains("Trip.graphql", "line 2", "'trips'"));
  }

  @Test
  void a_deprecated_field_lists_its_uses_until_it_can_be_removed() throws IOException {
    assertThat(DeprecatedField.of(schema))
        .singleElement()
        .hasToString(
            "Trip.old is deprecated, but still used by screen Trips; some-app 1.0, screen Trips.");

    screen("Trips", "query Trips { trips { id } }");
    Files.delete(schema.resolve("released/some-app/1.0.json"));

    assertThat(DeprecatedField.of(schema))
        .singleElement()
        .hasToString(
            "Trip.old is deprecated, and no screen or recorded release uses it. Remove it.");
  }

  @Test
  void a_version_is_released_once() throws IOException {
    assertThat(Release.record(schema, "some-app", "1.0", "")).contains("already recorded");
    screen("Trips", "query Trips { trips { id } }");

    assertThatThrownBy(() -> Release.record(schema, "some-app", "1.0", ""))
        .hasMessageContaining("Use a new version");
    assertThat(Release.record(schema, "some-app", "1.1", ""))
        .startsWith("some-app 1.1 is recorded");
  }

  @Test
  void a_release_records_the_manifest_of_the_apps_own_build() throws IOException {
    Path manifest = temporary.resolve("operation-output.json");
    Files.writeString(
        manifest,
        "{\"abc\": {\"name\": \"Trip\", \"source\": \"query Trip($id: ID!) { trip(id: $id) { id __typename } }\"}}");

    assertThat(Release.record(schema, "android", "3.2.1", manifest.toString()))
        .contains("1 documents");
    assertThat(schema.resolve("released/android/3.2.1.json")).hasSameTextualContentAs(manifest);
  }

  @Test
  void an_invalid_release_writes_no_file() throws IOException {
    Path manifest = Files.writeString(temporary.resolve("m.json"), "[]");

    assertThatThrownBy(() -> Release.record(schema, "android", "1.0", manifest.toString()))
        .hasMessageContaining("is not a manifest");
    Files.writeString(manifest, "{\"a\": \"query Trip { nope }\"}");
    assertThatThrownBy(() -> Release.record(schema, "android", "1.0", manifest.toString()))
        .hasMessageContaining("nope");
    assertThatThrownBy(() -> Release.record(schema, "android", "1.0", "missing.json"))
        .hasMessage("The file missing.json does not exist.");
    assertThat(schema.resolve("released/android/1.0.json")).doesNotExist();
    for (String name : List.of("", "..", "a/b", "-x", "a b")) {
      assertThatThrownBy(() -> Release.record(schema, name, "1.0", ""))
          .hasMessageContaining("Set the app and its version");
    }
    screen("Trip", "query Trip { nope }");
    assertThatThrownBy(() -> Release.record(schema, "android", "1.0", ""))
        .hasMessageContaining("nope");
  }

  @Test
  void the_screens_page_lists_the_released_apps_that_send_a_screen() throws IOException {
    screen("Fresh", "query Fresh { trips { id } }");
    String page =
        new String(
            ScreensPage.html(schema, Map.of(), Map.of(), List.of(), "/"), StandardCharsets.UTF_8);

    assertThat(page)
        .containsPattern("\"name\":\"Trip\".{1,600}\"apps\":\\[\"some-app 1.0\"]")
        .containsPattern("\"name\":\"Fresh\".{1,600}\"apps\":\\[]")
        .contains("Trip.old is deprecated, but still used by screen Trips");
  }
}
