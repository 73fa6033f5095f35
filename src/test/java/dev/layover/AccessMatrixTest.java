package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.Phone;
import dev.layover.local.TestBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The access matrix: every field of the SDL, requested by an anonymous caller, by the owner, by
 * another traveller and by staff. The result is compared with {@code approved/access.md}. After an
 * intended change, {@code mvn test -Dtest=AccessMatrixTest -Dapprove} rewrites the file. Review it
 * before you commit it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessMatrixTest {

  private static final Path APPROVED = Path.of("src/test/resources/approved/access.md");
  private static final String SHA256 = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=";
  private static final String FLIGHT = "Flight:CQ150-2026-01-19";

  private final RequestStreamHandler handler =
      TestBench.shared().trusting(TestBench.shared().table().client(), TestBench.CLOCK);
  private final Phone owner = Phone.of(handler, "matrix-owner");
  private final Map<String, Phone> callers = new LinkedHashMap<>();
  private final String booking;
  private final String follow;
  private final String upload;

  AccessMatrixTest() {
    callers.put("anonymous", TestBench.stranger());
    callers.put("owner", owner);
    callers.put("other", Phone.of(handler, "matrix-other"));
    callers.put("staff", Phone.of(handler, "staff"));
    booking =
        owner
            .ask(
                "mutation ($requestId: UUID!, $f: ID!) { bookSeat(input: {requestId: $requestId, flightId: $f, seat: \"18A\"}) { booking { id } } }",
                Map.of("f", FLIGHT))
            .data("/bookSeat/booking/id")
            .asText();
    upload =
        owner
            .ask(
                "mutation ($requestId: UUID!) { createPictureUpload(input: {requestId: $requestId, contentType: \"image/png\", bytes: 1, sha256: \"%s\"}) { uploadId } }"
                    .formatted(SHA256))
            .data("/createPictureUpload/uploadId")
            .asText();
    owner.ask(
        "mutation ($requestId: UUID!, $u: ID!) { setPicture(input: {requestId: $requestId, uploadId: $u}) { __typename } }",
        Map.of("u", upload));
    follow =
        owner
            .ask(
                "mutation ($requestId: UUID!, $f: ID!) { followFlight(input: {requestId: $requestId, flightId: $f}) { follow { id } } }",
                Map.of("f", FLIGHT))
            .data("/followFlight/follow/id")
            .asText();
  }

  /** The query that reaches each type; {@code %} is replaced by the selection. */
  private Map<String, String> queriesByType() {
    Map<String, String> queries = new TreeMap<>();
    queries.put("Airport", "{ airport(code: \"SFO\") { % } }");
    queries.put(
        "NearbyAirport", "{ nearbyAirports(latitude: 37.6, longitude: -122.4, first: 1) { % } }");
    queries.put("Flight", "{ flight(id: \"" + FLIGHT + "\") { % } }");
    queries.put("Airline", "{ flight(id: \"" + FLIGHT + "\") { airline { % } } }");
    queries.put("FlightConnection", "{ departures(airport: \"DFW\", first: 1) { % } }");
    queries.put("FlightEdge", "{ departures(airport: \"DFW\", first: 1) { edges { % } } }");
    queries.put("PageInfo", "{ departures(airport: \"DFW\", first: 1) { pageInfo { % } } }");
    queries.put("SeatMap", "{ seatMap(flightId: \"" + FLIGHT + "\") { % } }");
    queries.put("SeatRow", "{ seatMap(flightId: \"" + FLIGHT + "\") { rows { % } } }");
    queries.put("Seat", "{ seatMap(flightId: \"" + FLIGHT + "\") { rows { seats { % } } } }");
    queries.put("Picture", "{ me { picture { % } } }");
    queries.put("Traveller", "{ me { % } }");
    queries.put("Booking", "{ node(id: \"" + booking + "\") { ... on Booking { % } } }");
    queries.put("Follow", "{ node(id: \"" + follow + "\") { ... on Follow { % } } }");
    queries.put("BookingConnection", "{ me { bookings { % } } }");
    queries.put("BookingEdge", "{ me { bookings { edges { % } } } }");
    queries.put("FollowConnection", "{ me { follows { % } } }");
    queries.put("FollowEdge", "{ me { follows { edges { % } } } }");
    queries.put("Changes", "{ changes { % } }");
    return queries;
  }

  /** A call of each field of {@code Query}. */
  private Map<String, String> queries() {
    Map<String, String> queries = new TreeMap<>();
    queries.put("airport", "airport(code: \"SFO\")");
    queries.put("booking", "booking(id: \"" + booking + "\")");
    queries.put("changes", "changes");
    queries.put("departures", "departures(airport: \"DFW\", first: 1)");
    queries.put("flight", "flight(id: \"" + FLIGHT + "\")");
    queries.put("me", "me");
    queries.put("nearbyAirports", "nearbyAirports(latitude: 37.6, longitude: -122.4, first: 1)");
    queries.put("node", "node(id: \"" + booking + "\")");
    queries.put("searchAirports", "searchAirports(text: \"san\", first: 1)");
    queries.put("seatMap", "seatMap(flightId: \"" + FLIGHT + "\")");
    return queries;
  }

  /** The input of each field of {@code Mutation}, without the request id. */
  private Map<String, String> mutations() {
    Map<String, String> mutations = new TreeMap<>();
    mutations.put(
        "createPictureUpload", "contentType: \"image/png\", bytes: 1, sha256: \"" + SHA256 + "\"");
    mutations.put("setPicture", "uploadId: \"" + upload + "\"");
    mutations.put("bookSeat", "flightId: \"" + FLIGHT + "\", seat: \"18A\"");
    mutations.put("updateBooking", "bookingId: \"" + booking + "\", version: 1, note: \"mine\"");
    mutations.put("cancelBooking", "bookingId: \"" + booking + "\"");
    mutations.put("followFlight", "flightId: \"" + FLIGHT + "\"");
    mutations.put("unfollowFlight", "flightId: \"" + FLIGHT + "\"");
    mutations.put("updateFlight", "flightId: \"" + FLIGHT + "\", gate: \"A1\"");
    return mutations;
  }

  @Test
  void the_access_matrix_is_as_approved() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    JsonNode types =
        owner
            .ask(
                "{ __schema { types { kind name fields { name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }")
            .data("/__schema/types");
    for (JsonNode type : types) {
      String name = type.get("name").asText();
      if (type.get("kind").asText().equals("OBJECT") && !name.startsWith("__")) {
        for (JsonNode field : type.get("fields")) {
          row(name, field).forEach(rows::put);
        }
      }
    }
    StringBuilder table =
        new StringBuilder("| field | " + String.join(" | ", callers.keySet()) + " |\n");
    table.append("|---|---|---|---|---|\n");
    new TreeMap<>(rows).forEach((field, cells) -> table.append(cells));
    if (System.getProperty("approve") != null) {
      Files.writeString(APPROVED, table);
    }
    assertThat(table.toString()).isEqualTo(Files.readString(APPROVED));
  }

  private Map<String, String> row(String type, JsonNode field) {
    String name = field.get("name").asText();
    String selection = isComposite(field.get("type")) ? " { __typename }" : "";
    Map<String, String> cells = new LinkedHashMap<>();
    String document;
    switch (type) {
      case "Query" -> document = "{ " + known(queries(), name, "queries()") + selection + " }";
      case "Mutation" ->
          document =
              "mutation { %s(input: {requestId: \"ID\", %s}) { __typename } }"
                  .formatted(name, known(mutations(), name, "mutations()"));
      default -> {
        if (type.endsWith("Payload") || type.equals("UploadHeader")) {
          return Map.of(); // the result of a mutation
        }
        document = known(queriesByType(), type, "queriesByType()").replace("%", name + selection);
      }
    }
    callers.forEach((caller, phone) -> cells.put(caller, outcome(phone, document)));
    return Map.of(
        type + "." + name,
        "| `%s.%s` | %s |\n".formatted(type, name, String.join(" | ", cells.values())));
  }

  private static String known(Map<String, String> all, String name, String method) {
    assertThat(all)
        .as("The matrix has no request for '%s'. Add one to AccessMatrixTest.%s", name, method)
        .containsKey(name);
    return String.valueOf(all.get(name));
  }

  private static boolean isComposite(JsonNode type) {
    JsonNode named = type;
    while (named.has("ofType") && !named.get("ofType").isNull()) {
      named = named.get("ofType");
    }
    return Set.of("OBJECT", "INTERFACE", "UNION").contains(named.get("kind").asText());
  }

  /** The outcome: an error code, {@code null}, {@code empty} or {@code data}. */
  private static String outcome(Phone phone, String document) {
    Phone.Reply reply = phone.ask(document.replace("\"ID\"", "\"" + UUID.randomUUID() + "\""));
    if (!reply.code().equals("no error")) {
      return reply.code();
    }
    JsonNode value = reply.body().get("data");
    while (value.isObject() && value.size() == 1) {
      value = value.elements().next();
      if (value.isArray() && !value.isEmpty()) {
        value = value.get(0);
      }
    }
    return value.isNull() ? "null" : value.isEmpty() && value.isContainerNode() ? "empty" : "data";
  }

  @Test
  void no_request_reveals_another_travellers_booking() {
    Phone other = Phone.of(handler, "matrix-thief");
    Set<String> seen = new TreeSet<>();
    for (String document :
        List.of(
            "{ booking(id: \"%s\") { id seat } }",
            "{ node(id: \"%s\") { id ... on Booking { seat } } }",
            "{ me { bookings { edges { node { id } } } } }",
            "{ changes { changed { id } removed } }",
            "mutation { cancelBooking(input: {requestId: \"ID\", bookingId: \"%s\"}) { booking { id } } }",
            "mutation { updateBooking(input: {requestId: \"ID\", bookingId: \"%s\", version: 1}) { booking { id } } }")) {
      Phone.Reply reply =
          other.ask(
              document.replace("%s", booking).replace("\"ID\"", "\"" + UUID.randomUUID() + "\""));
      seen.addAll(reply.body().at("/data").findValuesAsText("id"));
      seen.addAll(reply.body().at("/data").findValuesAsText("seat"));
    }

    assertThat(seen).isEmpty();
  }
}
