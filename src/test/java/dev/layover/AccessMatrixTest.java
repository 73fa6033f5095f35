package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.AccessMatrixTests;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Sockets;
import dev.screenful.kit.TestBench;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may read and change what in Layover. */
final class AccessMatrixTest extends AccessMatrixTests {

  private static final String SHA256 = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=";
  private static final String FLIGHT = "Flight:CQ150-2026-01-19";

  private final RequestStreamHandler handler = LayoverBench.shared().trusting();
  private final Phone owner = Phone.of(handler, "matrix-owner");
  private final Map<String, Phone> callers = new LinkedHashMap<>();
  private final String booking;
  private final String follow;
  private final String upload;

  AccessMatrixTest() {
    callers.put("anonymous", LayoverBench.stranger());
    callers.put("owner", owner);
    callers.put("other", Phone.of(handler, "matrix-other"));
    callers.put("staff", Phone.of(handler, "staff:STAFF"));
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

  @Override
  protected Map<String, Phone> callers() {
    return callers;
  }

  @Override
  protected Map<String, String> queriesByType() {
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

  @Override
  protected Map<String, String> queries() {
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

  @Override
  protected Sockets sockets() {
    return LayoverBench.shared()
        .trustingSockets(LayoverBench.shared().table().client(), TestBench.CLOCK);
  }

  @Override
  protected Map<String, String> mutations() {
    Map<String, String> mutations = new TreeMap<>();
    mutations.put(
        "createPictureUpload",
        "createPictureUpload(input: {requestId: \"ID\", contentType: \"image/png\", bytes: 1, sha256: \""
            + SHA256
            + "\"})");
    mutations.put(
        "setPicture", "setPicture(input: {requestId: \"ID\", uploadId: \"" + upload + "\"})");
    mutations.put(
        "bookSeat",
        "bookSeat(input: {requestId: \"ID\", flightId: \"" + FLIGHT + "\", seat: \"18A\"})");
    mutations.put(
        "updateBooking",
        "updateBooking(input: {requestId: \"ID\", bookingId: \""
            + booking
            + "\", version: 1, note: \"mine\"})");
    mutations.put(
        "cancelBooking",
        "cancelBooking(input: {requestId: \"ID\", bookingId: \"" + booking + "\"})");
    mutations.put(
        "followFlight", "followFlight(input: {requestId: \"ID\", flightId: \"" + FLIGHT + "\"})");
    mutations.put(
        "unfollowFlight",
        "unfollowFlight(input: {requestId: \"ID\", flightId: \"" + FLIGHT + "\"})");
    mutations.put(
        "updateFlight",
        "updateFlight(input: {requestId: \"ID\", flightId: \"" + FLIGHT + "\", gate: \"A1\"})");
    return mutations;
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
