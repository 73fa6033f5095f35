package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A screen that is begun fits the schema, whatever field it begins with. */
final class NewScreenTest {

  @TempDir private Path temporary;
  private Path schema = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    schema = temporary.resolve("schema");
    try (Stream<Path> files = Files.walk(Path.of("schema"))) {
      for (Path file : files.toList()) {
        Files.copy(file, schema.resolve(Path.of("schema").relativize(file).toString()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "airport",
        "searchAirports",
        "nearbyAirports",
        "departures",
        "flight",
        "seatMap",
        "me",
        "booking",
        "node",
        "bookSeat",
        "cancelBooking",
        "followFlight",
        "updateFlight"
      })
  void it_fits_the_schema_and_has_an_example(String field) throws IOException {
    assertThat(NewScreen.write(schema, "Begun", field)).contains("?screen=Begun");

    assertThat(SchemaCheck.findings(schema)).isEmpty();
    assertThat(schema.resolve("screens/Begun.graphql")).content().contains("@budget", field);
    assertThat(schema.resolve("screens/Begun.example.json")).content().contains("variables");
  }

  @Test
  void it_asks_for_all_plain_fields() throws IOException {
    NewScreen.write(schema, "Begun", "booking");

    assertThat(schema.resolve("screens/Begun.graphql"))
        .hasContent(
            """
            # What it is for, in a sentence.
            query Begun($id: ID!) @budget(bytes: 2000, reads: 20, trips: 5) {
              booking(id: $id) {
                id
                locator
                seat
                boardingGroup
                status
                bookedAt
                note
                version
              }
            }
            """);
  }

  @Test
  void what_can_not_be_begun_is_told_and_writes_nothing() {
    assertThatThrownBy(() -> NewScreen.write(schema, "Begun", "bookings"))
        .hasMessageContaining("'bookings' is none. There are airport, bookSeat, booking,");
    assertThatThrownBy(() -> NewScreen.write(schema, "Home", "me"))
        .hasMessageContaining("Home.graphql is there already");
    for (String name : new String[] {"", "home", "../X", "A B", "A-B"}) {
      assertThatThrownBy(() -> NewScreen.write(schema, name, "me"))
          .hasMessageContaining("Name the screen");
    }
    assertThat(schema.resolve("screens/Begun.graphql")).doesNotExist();
  }
}
