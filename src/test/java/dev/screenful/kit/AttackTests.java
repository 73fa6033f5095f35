package dev.screenful.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.kit.Attack.Part;
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
import org.junit.jupiter.api.BeforeAll;
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
public abstract class AttackTests {

  /** Internals that no response may contain. */
  private static final List<String> INTERNALS =
      List.of("Exception", "\\tat ", "graphql.", "dev.screenful", "amazon");

  private final TestBench bench;
  private final TokenForge forge = new TokenForge(TestBench.CLOCK);
  private final Map<String, RequestStreamHandler> functions;
  private final Map<String, String> values = new HashMap<>();

  /** Attacks an app. */
  protected AttackTests(TestBench bench) {
    this.bench = bench;
    this.functions =
        Map.of(
            "open", bench.handler(Map.of(), forge.verifier()),
            "closed", bench.handler(Map.of("SAFELIST", "known-screens"), forge.verifier()),
            "batches", bench.handler(Map.of("BATCH_LIMIT", "5"), forge.verifier()));
  }

  /** Creates the victim's data, and returns the values of the placeholders in the cases. */
  protected abstract Map<String, String> prepare(Phone victim);

  /** Texts that no other caller may see, and that no log line may contain. */
  protected abstract List<String> secrets();

  /** Asserts that normal requests succeed, each with the data of its own caller. */
  protected abstract void assertHealthy(Phone nobody, Phone victim);

  @BeforeAll
  void prepare() {
    values.put("token", forge.token("victim"));
    values.put("thief", forge.token("thief"));
    values.putAll(prepare(phone("open", "victim")));
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
  void attacks_have_unique_names() {
    assertThat(Attack.all()).isNotEmpty().extracting(Attack::name).doesNotHaveDuplicates();
  }

  private void play(Attack attack) throws InterruptedException, ExecutionException {
    for (Part template : attack.steps()) {
      values.put("invocation", UUID.randomUUID().toString());
      Part step = template.filled(this::value);
      for (Phone.Reply reply : replies(step)) {
        assertExpected(attack, reply, step.expected());
        assertNothingLeaks(attack, reply, step);
      }
      String function = step.text("in", "open");
      assertHealthy(phone(function, "nobody"), phone(function, "victim"));
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

  private static void assertExpected(Attack attack, Phone.Reply reply, Part expected) {
    String body = reply.body().toString();
    String described = attack.file() + ": " + attack.name() + ": " + body;
    assertThat(reply.status()).as(described).isEqualTo(expected.number("status", 200));
    assertThat(code(reply)).as(described).isEqualTo(expected.text("code", "no error"));
    assertThat(body).as(described).contains(expected.text("says", ""));
    expected
        .object("data")
        .forEach((pointer, value) ->
            assertThat(reply.data(pointer).toString()).as(described).isEqualTo(Phone.json(value)));
    expected
        .object("headers")
        .forEach((name, value) -> assertThat(reply.header(name)).as(described).isEqualTo(value));
  }

  /** The code of a response, or of the first response of a batch. */
  private static String code(Phone.Reply reply) {
    return reply.body().isArray()
        ? reply.body().at("/0/errors/0/extensions/code").asText("no error")
        : reply.code();
  }

  /** Checks that a response has no internals, and no data of the victim for other callers. */
  private void assertNothingLeaks(Attack attack, Phone.Reply reply, Part step) {
    String body = reply.body().toString();
    String sent = Phone.json(step.fields());
    assertThat(body)
        .as(attack.name())
        .doesNotContain(INTERNALS.stream().filter(word -> !sent.contains(word)).toList());
    if (step.text("in", "open").equals("closed")) { // other functions can be introspected
      assertThat(body).as(attack.name()).doesNotContainIgnoringCase("did you mean");
    }
    if (!step.text("caller", "nobody").equals("victim")) {
      assertThat(body)
          .as(attack.name())
          .doesNotContain(secrets().stream().filter(secret -> !sent.contains(secret)).toList())
          .doesNotContain("The name of victim");
    }
    for (JsonNode error : reply.body().path("errors")) {
      assertThat(error.path("message").asText()).isNotBlank();
      assertThat(error.at("/extensions/code").asText()).matches("[A-Z_]+");
      assertThat(error.at("/extensions/requestId").asText()).isNotBlank();
    }
    assertThat(bench.logged(reply.requestId()))
        .as("%s: log lines without secrets", attack.name())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.length()).isLessThan(1500))
        .allSatisfy(line ->
            assertThat(line)
                .doesNotContain(secrets())
                .doesNotContain("eyJ", "dmljdGltOmh1bnRlcjI"));
  }
}
