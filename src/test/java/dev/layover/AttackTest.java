package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.Phone;
import dev.layover.local.TestBench;
import dev.screenful.Attack;
import dev.screenful.Attack.Part;
import dev.screenful.identity.TokenForge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Attacks: every case of {@code src/test/resources/attacks}, sent through the real handler. Each
 * gets the expected response, without internals and without data of the victim, and the next normal
 * request still works.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AttackTest {

  private static final String FLIGHT = "Flight:CQ150-2026-01-19";
  private static final String NOTE = "what only the victim knows";

  private static final String SEARCH = screen("SearchAirports");
  private static final String HOME = screen("Home");

  /** Internals that no response may contain. */
  private static final List<String> INTERNALS =
      List.of(
          "Exception",
          "\\tat ",
          "graphql.",
          "dev.screenful",
          "dev.layover",
          "amazon",
          "TRAVELLER#");

  private final TokenForge forge = new TokenForge(TestBench.CLOCK);
  private final Map<String, RequestStreamHandler> functions =
      Map.of(
          "open", TestBench.shared().handler(Map.of(), forge.verifier()),
          "closed",
              TestBench.shared().handler(Map.of("SAFELIST", "known-screens"), forge.verifier()),
          "batches", TestBench.shared().handler(Map.of("BATCH_LIMIT", "5"), forge.verifier()));
  private final Map<String, String> values = new HashMap<>();

  AttackTest() {
    Phone victim = phone("open", "victim");
    JsonNode booking =
        victim
            .ask(
                "mutation ($requestId: UUID!, $f: ID!) { bookSeat(input: {requestId: $requestId, flightId: $f, seat: \"22A\"}) { booking { id locator } } }",
                Map.of("f", FLIGHT))
            .data("/bookSeat/booking");
    String request = UUID.randomUUID().toString();
    victim.ask(
        "mutation ($requestId: UUID!, $b: ID!, $n: String) { updateBooking(input: {requestId: $requestId, bookingId: $b, version: 1, note: $n}) { booking { id } } }",
        Map.of("requestId", request, "b", booking.get("id").asText(), "n", NOTE));
    String follow =
        victim
            .ask(
                "mutation ($requestId: UUID!, $f: ID!) { followFlight(input: {requestId: $requestId, flightId: $f}) { follow { id } } }",
                Map.of("f", FLIGHT))
            .data("/followFlight/follow/id")
            .asText();
    JsonNode pages =
        victim
            .ask(
                "{ me { bookings(first: 1) { edges { cursor node { note } } } follows(first: 1) { edges { cursor } } } changes(first: 1) { token } departures(airport: \"DFW\", first: 1) { edges { cursor } } }")
            .data("");
    assertThat(pages.at("/me/bookings/edges/0/node/note").asText()).isEqualTo(NOTE);
    values.put("booking", booking.get("id").asText());
    values.put("locator", booking.get("locator").asText());
    values.put("request", request);
    values.put("follow", follow);
    values.put("flight", FLIGHT);
    values.put("bookings", pages.at("/me/bookings/edges/0/cursor").asText());
    values.put("follows", pages.at("/me/follows/edges/0/cursor").asText());
    values.put("sync", pages.at("/changes/token").asText());
    values.put("departures", pages.at("/departures/edges/0/cursor").asText());
    values.put("token", forge.token("victim"));
    values.put("thief", forge.token("thief"));
  }

  private Phone phone(String function, String caller) {
    RequestStreamHandler handler = Objects.requireNonNull(functions.get(function));
    return switch (caller) {
      case "nobody" -> new Phone(handler, Map.of());
      case "staff" ->
          new Phone(handler, Map.of()).with("authorization", "Bearer " + forge.tokenOfStaff());
      default ->
          new Phone(handler, Map.of()).with("authorization", "Bearer " + forge.token(caller));
    };
  }

  @TestFactory
  Stream<DynamicTest> attacks() {
    return Attack.all().stream()
        .map(attack -> dynamicTest(attack.file() + ": " + attack.name(), () -> play(attack)));
  }

  @Test
  void there_are_at_least_120_attacks_with_unique_names() {
    List<String> names = Attack.all().stream().map(Attack::name).toList();

    assertThat(names).hasSizeGreaterThanOrEqualTo(120).doesNotHaveDuplicates();
  }

  private void play(Attack attack) throws InterruptedException, ExecutionException {
    for (Part template : attack.steps()) {
      values.put("invocation", UUID.randomUUID().toString());
      Part step = template.filled(this::value);
      for (Phone.Reply reply : replies(step)) {
        assertExpected(reply, step.expected());
        assertNothingLeaks(reply, step);
      }
      assertHealthy(step.text("in", "open"));
    }
  }

  private String value(String name) {
    return Objects.requireNonNull(values.get(name), "Unknown placeholder «" + name + "».");
  }

  private List<Phone.Reply> replies(Part step) throws InterruptedException, ExecutionException {
    List<Callable<Phone.Reply>> requests = new ArrayList<>();
    for (int time = 0; time < step.number("times", 1); time++) {
      requests.add(() -> send(step));
    }
    List<Phone.Reply> replies = new ArrayList<>();
    try (ExecutorService phones = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Phone.Reply> reply : phones.invokeAll(requests)) {
        replies.add(reply.get());
      }
    }
    return replies;
  }

  private Phone.Reply send(Part step) {
    String function = step.text("in", "open");
    if (step.get("event") instanceof String event) {
      return Phone.invoke(
          Objects.requireNonNull(functions.get(function)),
          event,
          String.valueOf(values.get("invocation")));
    }
    Phone phone =
        phone(function, step.text("caller", "nobody")).within(step.number("within", 29_000));
    for (Map.Entry<String, @Nullable Object> header : step.object("headers").entrySet()) {
      phone = phone.with(header.getKey(), String.valueOf(header.getValue()));
    }
    Optional<String> token = forge.token(step);
    if (token.isPresent()) {
      phone = phone.with("authorization", "Bearer " + token.get());
    }
    if (step.get("base64") instanceof String base64) {
      return phone.send(Base64.getMimeDecoder().decode(base64));
    }
    return phone.send(step.text("method", "POST"), body(step));
  }

  private static String body(Part step) {
    if (step.get("body") instanceof String body) {
      return body;
    }
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    for (String part : List.of("query", "variables", "operationName", "extensions")) {
      if (step.get(part) != null) {
        request.put(part, step.get(part));
      }
    }
    return Phone.json(request);
  }

  private static void assertExpected(Phone.Reply reply, Part expected) {
    String body = reply.body().toString();
    assertThat(reply.status()).as(body).isEqualTo(expected.number("status", 200));
    assertThat(code(reply)).as(body).isEqualTo(expected.text("code", "no error"));
    assertThat(body).contains(expected.text("says", ""));
    expected
        .object("data")
        .forEach((pointer, value) ->
            assertThat(reply.data(pointer).toString()).as(body).isEqualTo(Phone.json(value)));
    expected
        .object("headers")
        .forEach((name, value) -> assertThat(reply.header(name)).isEqualTo(value));
  }

  /** The code of a response, or of the first response of a batch. */
  private static String code(Phone.Reply reply) {
    return reply.body().isArray()
        ? reply.body().at("/0/errors/0/extensions/code").asText("no error")
        : reply.code();
  }

  /** Checks that a response has no internals, and no data of the victim for other callers. */
  private void assertNothingLeaks(Phone.Reply reply, Part step) {
    String body = reply.body().toString();
    String sent = Phone.json(step.fields());
    assertThat(body)
        .doesNotContain(INTERNALS.stream().filter(word -> !sent.contains(word)).toList());
    if (step.text("in", "open").equals("closed")) { // the others can be introspected
      assertThat(body).doesNotContainIgnoringCase("did you mean");
    }
    if (!step.text("caller", "nobody").equals("victim")) {
      assertThat(body)
          .doesNotContain(NOTE, "The name of victim", "\"locator\":\"" + values.get("locator"));
    }
    for (JsonNode error : reply.body().path("errors")) {
      assertThat(error.path("message").asText()).isNotBlank();
      assertThat(error.at("/extensions/code").asText()).matches("[A-Z_]+");
      assertThat(error.at("/extensions/requestId").asText()).isNotBlank();
    }
    assertThat(TestBench.shared().logged(reply.requestId()))
        .as("log lines without secrets")
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.length()).isLessThan(1500))
        .allSatisfy(line -> assertThat(line).doesNotContain(NOTE, "eyJ", "dmljdGltOmh1bnRlcjI"));
  }

  /** Checks that the next normal requests succeed, each with the data of its own caller. */
  private void assertHealthy(String function) {
    Phone.Reply nobody = phone(function, "nobody").ask(SEARCH, Map.of("text", "san francisco"));
    assertThat(nobody.data("/searchAirports/0/code").asText())
        .as("%s", nobody.body())
        .isEqualTo("SFO");
    Phone.Reply victim =
        phone(function, "victim")
            .ask(HOME, Map.of("airport", "SFO", "now", "2026-01-15T14:00:00Z"));
    assertThat(victim.data("/me/name").asText()).isEqualTo("The name of victim");
    assertThat(victim.code()).isEqualTo("no error");
  }

  private static String screen(String name) {
    try {
      return Files.readString(Path.of("schema/screens/" + name + ".graphql"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
