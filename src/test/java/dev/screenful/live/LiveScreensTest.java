package dev.screenful.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.Caller;
import dev.screenful.kit.Phone;
import dev.screenful.kit.SettableClock;
import dev.screenful.kit.Sockets;
import dev.screenful.kit.StreamRecords;
import dev.screenful.kit.TestBench;
import dev.screenful.notes.Notes;
import dev.screenful.notes.NotesBench;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Live screens and the changes of the table, by the records of its stream. */
final class LiveScreensTest {

  private static final String NOTEBOOK =
      "subscription($code: ID!) { notebook(code: $code) { title closedAt } }";
  private static final String MY_NOTES =
      "subscription { me { notes { edges { node { text } } } } }";
  private static final Map<String, String> A1 = Map.of("code", "A1");

  private final TestBench bench = NotesBench.shared().fresh();
  private final StreamRecords stream = bench.stream();
  private final SettableClock clock = new SettableClock();
  private final DynamoDb client = bench.table().client();
  private final Sockets sockets = bench.trustingSockets(client, clock);
  private final Phone editor = Phone.of(bench.trusting(), "editor:EDITOR");

  @AfterEach
  void stopTheStream() {
    stream.close();
  }

  private void close(String code) {
    Phone.Reply reply =
        editor.ask(
            "mutation($input: CloseNotebookInput!) { closeNotebook(input: $input) { notebook { code } } }",
            Map.of("input", Map.of("notebookId", "Notebook:" + code)));
    assertThat(reply.code()).isEqualTo("no error");
  }

  private void write(String reader, String code, String text) {
    Phone.Reply reply =
        Phone.of(bench.trusting(), reader)
            .ask(
                "mutation($input: WriteNoteInput!) { writeNote(input: $input) { note { text } } }",
                Map.of("input", Map.of("notebookId", "Notebook:" + code, "text", text)));
    assertThat(reply.code()).isEqualTo("no error");
  }

  private void put(String code, String title) {
    Map<String, Object> notebook =
        Map.of(
            "code",
            code,
            "title",
            title,
            "topic",
            "COOKING",
            "openedAt",
            "2025-12-24T08:00:00Z",
            "rating",
            1.5);
    new BulkWriter(bench.table()).write(List.of(Item.of(Notes.notebookKey(code), notebook)));
  }

  /** Passes all changes on until nothing is left to do. */
  private void changes() {
    assertThat(sockets.deliver(stream.all()).path("batchItemFailures")).isEmpty();
  }

  private static String sequence(Map<String, @Nullable Object> record) {
    return Phone.JSON.valueToTree(record).at("/dynamodb/SequenceNumber").asText();
  }

  /** Live executions in the log. */
  private int executions() {
    return bench.logged("\"requestId\":\"live-").size();
  }

  @Test
  void a_change_is_sent_to_those_who_show_it() {
    Sockets.Socket one = sockets.initialised().subscribe("1", NOTEBOOK, A1);
    Sockets.Socket other = sockets.initialised().subscribe("x", NOTEBOOK, Map.of("code", "A2"));

    close("A1");
    changes();

    assertThat(one.types()).containsExactly("connection_ack", "next 1", "next 1");
    assertThat(one.received("1").getFirst().at("/payload/data/notebook/closedAt").isNull())
        .isTrue();
    assertThat(one.last("1").at("/data/notebook/closedAt").asText()).isNotEmpty();
    assertThat(other.types()).containsExactly("connection_ack", "next x");
  }

  @Test
  void an_answer_that_stays_the_same_is_not_sent_again() {
    Sockets.Socket socket =
        sockets
            .initialised()
            .subscribe("1", "subscription { notebook(code: \"A1\") { title } }", Map.of());

    close("A1");
    changes();

    assertThat(socket.types()).containsExactly("connection_ack", "next 1");
  }

  @Test
  void one_execution_answers_all_who_subscribe_to_a_public_screen() {
    List<Sockets.Socket> all = new ArrayList<>();
    for (int count = 0; count < 20; count++) {
      all.add(sockets.initialised("reader-" + count).subscribe("1", NOTEBOOK, A1));
    }
    int before = executions();

    close("A1");
    changes();

    assertThat(executions() - before).isEqualTo(1);
    assertThat(all)
        .allSatisfy(socket ->
            assertThat(socket.last("1").at("/data/notebook/closedAt").asText()).isNotEmpty());
  }

  @Test
  void a_private_screen_is_answered_with_the_rights_of_each_caller() {
    Sockets.Socket phone = sockets.initialised("reader-1").subscribe("1", MY_NOTES, Map.of());
    Sockets.Socket tablet = sockets.initialised("reader-1").subscribe("t", MY_NOTES, Map.of());
    Sockets.Socket other = sockets.initialised("reader-2").subscribe("1", MY_NOTES, Map.of());
    int before = executions();

    write("reader-1", "A2", "Knead longer.");
    changes();

    assertThat(executions() - before).isEqualTo(1);
    assertThat(phone.last("1").toString()).contains("Knead longer.");
    assertThat(tablet.last("t").toString()).contains("Knead longer.");
    assertThat(other.types()).containsExactly("connection_ack", "next 1");
    assertThat(other.received().toString()).doesNotContain("cinnamon", "Knead");
  }

  @Test
  void a_new_item_of_an_index_is_sent_to_those_who_show_its_partition() {
    String list =
        "subscription($topic: Topic!) { notebooks(filter: {topic: $topic}) { edges { node { title } } } }";
    Sockets.Socket cooking = sockets.initialised().subscribe("1", list, Map.of("topic", "COOKING"));
    Sockets.Socket travel = sockets.initialised().subscribe("1", list, Map.of("topic", "TRAVEL"));

    put("A9", "Elderflowers");
    changes();

    assertThat(cooking.last("1").toString()).contains("Elderflowers");
    assertThat(travel.types()).containsExactly("connection_ack", "next 1");
  }

  @Test
  void an_item_that_did_not_exist_is_sent_when_it_does() {
    Sockets.Socket socket = sockets.initialised().subscribe("1", NOTEBOOK, Map.of("code", "A9"));
    assertThat(socket.last("1").at("/errors/0/extensions/code").asText()).isEqualTo("NOT_FOUND");

    put("A9", "Elderflowers");
    changes();

    assertThat(socket.last("1").at("/data/notebook/title").asText()).isEqualTo("Elderflowers");
  }

  @Test
  void doubled_records_are_sent_once() {
    Sockets.Socket socket = sockets.initialised().subscribe("1", NOTEBOOK, A1);

    close("A1");
    List<Map<String, @Nullable Object>> records = stream.all();
    sockets.deliver(records);
    sockets.deliver(records);

    assertThat(socket.types()).containsExactly("connection_ack", "next 1", "next 1");
  }

  @Test
  void an_expired_token_ends_a_subscription_at_the_next_change() {
    Sockets expiring =
        bench.sockets(
            (token, timeout) ->
                new Caller.Verified(token, null, Set.of(), TestBench.NOW.plusSeconds(60)),
            client,
            clock);
    Sockets.Socket shown = expiring.initialised("reader-1").subscribe("1", NOTEBOOK, A1);
    Sockets.Socket own = expiring.initialised("reader-1").subscribe("1", MY_NOTES, Map.of());
    clock.advance(Duration.ofSeconds(61));

    close("A1");
    write("reader-1", "A2", "Knead longer.");
    assertThat(expiring.deliver(stream.all()).path("batchItemFailures")).isEmpty();

    assertThat(shown.types()).containsExactly("connection_ack", "next 1", "error 1");
    assertThat(own.types()).containsExactly("connection_ack", "next 1", "error 1");
    assertThat(own.last("1").at("/0/extensions/code").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(own.received().toString()).doesNotContain("Knead");
    assertThat(own.subscribe("2", MY_NOTES, Map.of()).types().getLast()).isEqualTo("error 2");
  }

  @Test
  void a_connection_that_is_gone_leaves_nothing_after_the_next_change() {
    Sockets.Socket gone = sockets.initialised().subscribe("1", NOTEBOOK, A1);
    Sockets.Socket here = sockets.initialised().subscribe("1", NOTEBOOK, A1);
    gone.vanish();

    close("A1");
    changes();

    assertThat(here.types()).containsExactly("connection_ack", "next 1", "next 1");
    assertThat(LiveItems.of(bench.table())).noneMatch(key -> key.contains(gone.id()));
  }

  @Test
  void a_query_without_subscribers_is_not_executed_again() {
    sockets.initialised().subscribe("1", NOTEBOOK, A1).leave();
    put("A1", "Apples");
    changes();
    int before = executions();

    put("A1", "Apples, pears");
    changes();

    assertThat(executions() - before).isZero();
    Sockets.Socket next = sockets.initialised().subscribe("1", NOTEBOOK, A1);
    put("A1", "Apples, pears and quinces");
    changes();
    assertThat(next.last("1").at("/data/notebook/title").asText())
        .isEqualTo("Apples, pears and quinces");
  }

  @Test
  void a_completed_subscription_is_sent_nothing_more() {
    Sockets.Socket socket = sockets.initialised().subscribe("1", NOTEBOOK, A1).complete("1");

    close("A1");
    changes();

    assertThat(socket.types()).containsExactly("connection_ack", "next 1");
  }

  @Test
  void a_public_screen_that_becomes_private_is_answered_for_each_caller() {
    String noted = "subscription { notebook(code: \"A9\") { title noted } }";
    Sockets.Socket one = sockets.initialised("reader-1").subscribe("1", noted, Map.of());
    Sockets.Socket other = sockets.initialised("reader-2").subscribe("1", noted, Map.of());

    put("A9", "Elderflowers");
    changes();
    assertThat(one.last("1").at("/data/notebook/noted").asBoolean()).isFalse();
    assertThat(other.last("1").at("/data/notebook/noted").asBoolean()).isFalse();

    write("reader-1", "A9", "Pick them at noon.");
    changes();
    assertThat(one.last("1").at("/data/notebook/noted").asBoolean()).isTrue();
    assertThat(other.last("1").at("/data/notebook/noted").asBoolean()).isFalse();
  }

  @Test
  void an_answer_that_is_too_large_is_an_error_that_says_so() {
    Sockets.Socket socket = sockets.initialised().subscribe("1", NOTEBOOK, A1);

    put("A1", "x".repeat(130 * 1024));
    changes();
    assertThat(socket.last("1").at("/errors/0/extensions/code").asText())
        .isEqualTo("RESPONSE_TOO_LARGE");

    put("A1", "Apples");
    changes();
    assertThat(socket.last("1").at("/data/notebook/title").asText()).isEqualTo("Apples");
  }

  @Test
  void a_connection_that_can_not_be_sent_to_is_closed_and_the_others_are_sent_to() {
    Sockets.Socket broken = sockets.initialised().subscribe("1", NOTEBOOK, A1);
    Sockets.Socket here = sockets.initialised().subscribe("1", NOTEBOOK, A1);
    broken.refuseMessages();

    close("A1");
    changes();

    assertThat(broken.isOpen()).isFalse();
    assertThat(here.types()).containsExactly("connection_ack", "next 1", "next 1");
    assertThat(LiveItems.of(bench.table())).noneMatch(key -> key.contains(broken.id()));
  }

  @Test
  void a_function_that_is_cut_off_between_two_pages_goes_on_at_the_second() {
    int subscribers = LiveChanges.PAGE + 20;
    List<Sockets.Socket> all = new ArrayList<>();
    for (int count = 0; count < subscribers; count++) {
      all.add(sockets.initialised().subscribe("1", NOTEBOOK, A1));
    }
    close("A1");
    List<Map<String, @Nullable Object>> records = stream.all();
    sockets.crashAfter(LiveChanges.PAGE);

    JsonNode failures = sockets.deliver(records).path("batchItemFailures");
    assertThat(failures).isNotEmpty();
    sockets.crashAfter(Integer.MAX_VALUE);
    assertThat(sockets.deliver(records).path("batchItemFailures")).isEmpty();

    assertThat(all)
        .allSatisfy(socket ->
            assertThat(socket.types()).containsExactly("connection_ack", "next 1", "next 1"));
  }

  @Test
  void a_second_invocation_answers_the_queries_that_the_first_had_no_time_for() {
    String noted = "subscription { notebook(code: \"A1\") { title noted } }";
    List<Sockets.Socket> all = new ArrayList<>();
    for (int count = 0; count < LiveChanges.PART + 20; count++) {
      all.add(sockets.initialised("reader-" + count).subscribe("1", noted, Map.of()));
    }
    stream.all();
    int before = executions();
    put("A1", "Apples");
    put("A2", "Buns");
    List<Map<String, @Nullable Object>> records = stream.all();

    JsonNode failures = sockets.deliver(records.subList(0, 1), 10_400).path("batchItemFailures");
    assertThat(failures.findValuesAsText("itemIdentifier"))
        .containsExactly(sequence(records.getFirst()));
    assertThat(executions() - before).isEqualTo(LiveChanges.PART);
    failures = sockets.deliver(records).path("batchItemFailures");
    assertThat(failures.findValuesAsText("itemIdentifier"))
        .containsExactly(sequence(records.get(1)));
    assertThat(sockets.deliver(records.subList(1, 2)).path("batchItemFailures")).isEmpty();

    assertThat(executions() - before).isEqualTo(LiveChanges.PART + 20);
    assertThat(all)
        .allSatisfy(socket ->
            assertThat(socket.last("1").at("/data/notebook/title").asText()).isEqualTo("Apples"));
  }

  /** The figures of {@code prices.json} for the page of all screens. */
  @Test
  void a_change_for_one_subscriber_takes_the_units_that_prices_count_with() throws IOException {
    sockets.initialised().subscribe("1", NOTEBOOK, A1);
    put("A1", "Apples");

    changes();

    JsonNode line = Phone.JSON.readTree(bench.logged("\"event\":\"changes\"").getLast());
    JsonNode prices =
        Phone.JSON.readTree(LiveChanges.class.getResource("/dev/screenful/build/prices.json"));
    assertThat(line.get("readUnits").asDouble())
        .isEqualTo(prices.get("changeReadUnits").asDouble());
    assertThat(line.get("writeUnits").asDouble())
        .isEqualTo(prices.get("changeWriteUnits").asDouble());
  }

  @Test
  void a_record_without_a_key_fails_the_invocation() {
    Map<String, Object> record =
        Map.of("eventSource", "aws:dynamodb", "dynamodb", Map.of("SequenceNumber", "1"));

    assertThatThrownBy(() -> sockets.deliver(List.of(record)))
        .hasMessageContaining("lacks its key");
  }
}
