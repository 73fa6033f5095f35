package dev.screenful.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.kit.Phone;
import dev.screenful.kit.SettableClock;
import dev.screenful.kit.Sockets;
import dev.screenful.kit.StepSequences;
import dev.screenful.kit.StreamRecords;
import dev.screenful.kit.TestBench;
import dev.screenful.notes.NotesBench;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of subscribers and changes, with records of the stream that are late, doubled,
 * reordered or lost at first, and with connections that break. Once the stream is drained, the last
 * answer of every live subscriber is what the query would say now, nobody was ever sent what they
 * may not see, and nothing is left of who has gone.
 *
 * @see StepSequences
 */
final class LiveModelTest {

  private static final int READERS = 3;
  private static final List<String> CODES = List.of("A1", "A2", "B1");

  /** The live screens, without the word {@code subscription}. */
  private static final List<String> SCREENS =
      List.of(
          "{ notebook(code: \"A1\") { title closedAt } }",
          "{ notebook(code: \"A2\") { title noted } }",
          "{ notebooks(first: 3) { edges { node { code title closedAt } } } }",
          "{ me { id notes { edges { node { text notebook { title closedAt } } } } } }",
          "{ notebook(code: \"NONE\") { title } }");

  /** A step; its numbers select the objects, modulo the number of objects. */
  private sealed interface Step {}

  private record Subscribe(int reader, int screen) implements Step {}

  private record Complete(int subscription) implements Step {}

  private record Leave(int socket) implements Step {}

  private record Vanish(int socket) implements Step {}

  private record Write(int reader, int code, int text) implements Step {}

  private record Delete(int reader, int code) implements Step {}

  private record Rename(int code, int title) implements Step {}

  /** Two steps at the same time. */
  private record Together(Step one, Step other) implements Step {}

  /** The next records of the stream arrive. */
  private record Arrive(int count) implements Step {}

  /** The next records arrive, but the function is cut off; they arrive again later. */
  private record ArriveInVain(int count, int messages) implements Step {}

  /** Records that have arrived before arrive again, out of order. */
  private record ArriveAgain(int count) implements Step {}

  private final TestBench bench = NotesBench.shared().fresh();

  private static Step step(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> subscribe(random);
      case 3 -> new Complete(random.nextInt(8));
      case 4 -> random.nextBoolean() ? new Leave(random.nextInt(4)) : new Vanish(random.nextInt(4));
      case 5 -> new Arrive(1 + random.nextInt(6));
      case 6 -> new ArriveInVain(1 + random.nextInt(6), random.nextInt(3));
      case 7 -> new ArriveAgain(1 + random.nextInt(6));
      case 8 -> new Together(subscribe(random), change(random));
      case 9 -> new Together(new Arrive(1 + random.nextInt(6)), subscribe(random));
      default -> change(random);
    };
  }

  private static Step subscribe(SplittableRandom random) {
    return new Subscribe(random.nextInt(READERS), random.nextInt(SCREENS.size()));
  }

  private static Step change(SplittableRandom random) {
    int code = random.nextInt(CODES.size());
    return switch (random.nextInt(4)) {
      case 0 -> new Rename(code, random.nextInt(5));
      case 1 -> new Delete(random.nextInt(READERS), code);
      default -> new Write(random.nextInt(READERS), code, random.nextInt(5));
    };
  }

  /** A subscription of a reader. */
  private record Subscribed(int reader, int screen, Sockets.Socket socket, String id) {}

  /** A run of a sequence. */
  private final class Run implements AutoCloseable {

    private final StreamRecords stream = bench.stream();
    private final Sockets sockets =
        bench.trustingSockets(bench.table().client(), new SettableClock());
    private final List<Subscribed> subscribed = new ArrayList<>();
    private final Set<String> left = new HashSet<>();
    private int ids;
    private final List<Sockets.Socket> all = new ArrayList<>();
    private final Map<Integer, Sockets.Socket> open = new LinkedHashMap<>();
    private final List<Map<String, @Nullable Object>> waiting = new ArrayList<>();
    private final List<Map<String, @Nullable Object>> arrived = new ArrayList<>();

    private Phone phone(int reader) {
      return Phone.of(bench.trusting(), "model-" + reader);
    }

    void apply(Step step) {
      switch (step) {
        case Subscribe(int reader, int screen) -> subscribe(reader, screen);
        case Complete(int number) -> {
          if (number < subscribed.size()) {
            Subscribed ended = subscribed.remove(number);
            ended.socket().complete(ended.id());
          }
        }
        case Leave(int reader) -> {
          Sockets.Socket socket = open.get(reader);
          end(reader, Sockets.Socket::leave);
          if (socket != null) {
            left.add(socket.id());
          }
        }
        case Vanish(int reader) -> end(reader, Sockets.Socket::vanish);
        case Together(Step one, Step other) ->
            CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> apply(one)),
                    CompletableFuture.runAsync(() -> apply(other)))
                .join();
        case Arrive(int count) -> arrive(count, Integer.MAX_VALUE);
        case ArriveInVain(int count, int messages) -> arrive(count, messages);
        case ArriveAgain(int count) -> {
          List<Map<String, @Nullable Object>> again =
              new ArrayList<>(
                  arrived.subList(Math.max(0, arrived.size() - count), arrived.size()).reversed());
          if (!again.isEmpty()) {
            sockets.deliver(again);
          }
        }
        case Write(int reader, int code, int text) ->
            phone(reader)
                .ask(
                    "mutation($input: WriteNoteInput!) { writeNote(input: $input) { note { id } } }",
                    Map.of(
                        "input",
                        Map.of(
                            "notebookId",
                            "Notebook:" + CODES.get(code),
                            "text",
                            "secret-%d-%d".formatted(reader, text))));
        case Delete(int reader, int code) ->
            phone(reader)
                .ask(
                    "mutation($input: DeleteNoteInput!) { deleteNote(input: $input) { notebook { code } } }",
                    Map.of(
                        "input",
                        Map.of("noteId", "Note:%s.model-%d".formatted(CODES.get(code), reader))));
        case Rename(int code, int title) ->
            LiveItems.rename(bench, CODES.get(code), "Title " + title);
      }
    }

    private synchronized void subscribe(int reader, int screen) {
      Sockets.Socket socket =
          open.computeIfAbsent(
              reader,
              unseen -> {
                Sockets.Socket next = sockets.initialised("model-" + reader);
                all.add(next);
                return next;
              });
      Subscribed one = new Subscribed(reader, screen, socket, "s" + ++ids);
      subscribed.add(one);
      socket.subscribe(one.id(), "subscription " + SCREENS.get(screen), Map.of());
    }

    private void end(int reader, Consumer<Sockets.Socket> way) {
      Sockets.Socket socket = open.remove(reader);
      if (socket != null) {
        subscribed.removeIf(one -> one.socket().equals(socket));
        way.accept(socket);
      }
    }

    private synchronized void arrive(int count, int messages) {
      waiting.addAll(stream.all());
      List<Map<String, @Nullable Object>> batch =
          new ArrayList<>(waiting.subList(0, Math.min(count, waiting.size())));
      if (batch.isEmpty()) {
        return;
      }
      sockets.crashAfter(messages);
      JsonNode failures = sockets.deliver(batch).path("batchItemFailures");
      sockets.crashAfter(Integer.MAX_VALUE);
      if (failures.isEmpty()) {
        waiting.subList(0, batch.size()).clear();
        arrived.addAll(batch);
      }
    }

    /** Passes all changes on; returns false if one can't be handled. */
    private boolean drained() {
      for (int attempt = 0; attempt < 1000; attempt++) {
        arrive(50, Integer.MAX_VALUE);
        if (waiting.isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private boolean allSeeTheCurrentState() {
      for (Subscribed one : subscribed) {
        JsonNode last = one.socket().last(one.id());
        JsonNode now = phone(one.reader()).ask(SCREENS.get(one.screen())).body();
        if (!last.path("data").equals(now.path("data"))
            || !last.at("/errors/0/extensions/code").equals(now.at("/errors/0/extensions/code"))) {
          System.out.println(one.reader() + " sees " + last + " instead of " + now);
          return false;
        }
      }
      return true;
    }

    private boolean nobodyWasSentTheNotesOfOthers() {
      for (int reader = 0; reader < READERS; reader++) {
        String name = "\"model-" + reader + "\"";
        for (Sockets.Socket socket : all) {
          String text = socket.received().toString();
          if (text.contains("secret-") && text.contains(name)) {
            for (int other = 0; other < READERS; other++) {
              if (other != reader && text.contains("secret-" + other + "-")) {
                return false;
              }
            }
          }
        }
      }
      return true;
    }

    private boolean nothingIsLeftOfThoseWhoLeft() {
      List<String> keys = LiveItems.of(bench.table());
      return left.stream().noneMatch(id -> keys.stream().anyMatch(key -> key.contains(id)));
    }

    @Override
    public void close() {
      List.copyOf(open.keySet()).forEach(reader -> end(reader, Sockets.Socket::leave));
      stream.close();
    }
  }

  private boolean passes(List<Step> steps) {
    try (Run run = new Run()) {
      steps.forEach(run::apply);
      return run.drained()
          && run.allSeeTheCurrentState()
          && run.nobodyWasSentTheNotesOfOthers()
          && run.nothingIsLeftOfThoseWhoLeft();
    }
  }

  @Test
  void subscribers_see_the_current_state_and_nothing_else() {
    StepSequences.check(4, 40, LiveModelTest::step, this::passes);
  }
}
