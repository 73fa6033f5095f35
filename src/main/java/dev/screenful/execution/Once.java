package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Mutation;
import dev.screenful.store.Condition;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Transactions;
import dev.screenful.telemetry.Log;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Mutations that happen once, however often they are asked for. What a mutation writes and what it
 * came to are committed by one transaction, so neither is ever there without the other. The outcome
 * is kept under the caller and the request id; whoever repeats the request, in whatever
 * environment, meets it.
 *
 * <p>The outcome is the payload as the mutation returned it, or its refusal. What a client saw of
 * it, with all that its selection adds from elsewhere, is recorded before it is sent, so the same
 * selection gets the same JSON, whatever has happened since.
 */
final class Once {

  /** The input's field that names a request. */
  static final String REQUEST_ID = "requestId";

  /** The longest JSON that is recorded, in bytes; an item holds 400 KB. */
  private static final int MOST_RECORDED = 350_000;

  private static final String EXPIRES_AT = "expiresAt";
  private static final String FINGERPRINT = "fingerprint";
  private static final String PAYLOAD = "payload";
  private static final String REFUSAL = "refusal";
  private static final String JSON = "json";

  /** What clients see of the mutations of one operation, by response key. */
  static final class Renderings {
    private final Map<String, Rendering> byKey = new ConcurrentHashMap<>();
  }

  private sealed interface Rendering {}

  /** It is recorded. */
  private record Recorded(Item answer) implements Rendering {}

  /** It is not recorded yet. */
  private record Unrecorded(Key key, long expiresAt) implements Rendering {}

  /** The request was made before. */
  private static final class Repeated extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Item record;

    private Repeated(@Nullable Item record) {
      super("It was made before.", null, false, false);
      this.record = Objects.requireNonNull(record);
    }
  }

  private final Duration kept;
  private final InstantSource clock;
  private final Log log;

  /**
   * Keeps outcomes in the table.
   *
   * @param kept how long a repeat is known as one
   */
  Once(Duration kept, InstantSource clock, Log log) {
    this.kept = kept;
    this.clock = clock;
    this.log = log;
  }

  /** Makes a mutation that says why it needs no request id. */
  Map<String, ?> runEachTime(Mutation mutation, FieldCall call) {
    return transactions(call).commit(transaction -> mutation.apply(call, transaction));
  }

  /** Makes a mutation, unless it was made before, and returns the payload of the first time. */
  @Nullable Object run(Mutation mutation, FieldCall call) {
    Key key = key(call);
    String fingerprint = fingerprint(call);
    long expiresAt = clock.instant().plus(kept).getEpochSecond();
    try {
      Map<String, ?> payload =
          transactions(call)
              .commit(transaction -> {
                Map<String, ?> made = mutation.apply(call, transaction);
                Item outcome =
                    Item.of(
                        key,
                        Map.of(FINGERPRINT, fingerprint, PAYLOAD, made, EXPIRES_AT, expiresAt));
                transaction.putFirst(outcome, unused(), Repeated::new);
                return made;
              });
      renderings(call).put(call.responseKey(), new Unrecorded(answerKey(key, call), expiresAt));
      return payload;
    } catch (Repeated repeated) {
      return repeated(repeated.record, key, fingerprint, call);
    } catch (ClientError refusal) {
      return refused(refusal, key, fingerprint, expiresAt, call);
    }
  }

  /**
   * A refusal is an outcome: a repeat that is late must not do what the phone was told is not done.
   * Only input that can't be used is not worth a record.
   */
  private @Nullable Object refused(
      ClientError refusal, Key key, String fingerprint, long expiresAt, FieldCall call) {
    if (refusal.code().equals(ErrorCode.BAD_USER_INPUT.name())) {
      Item before = call.store().get(key, Projection.whole());
      if (before != null && isKept(before)) {
        return repeated(before, key, fingerprint, call);
      }
      throw refusal;
    }
    String recorded =
        Json.text(
            Map.of(
                "code", refusal.code(),
                "message", refusal.getMessage(),
                "details", refusal.details()));
    Item outcome =
        Item.of(key, Map.of(FINGERPRINT, fingerprint, REFUSAL, recorded, EXPIRES_AT, expiresAt));
    Item before = transactions(call).putOrFind(outcome, unused());
    if (before != null) {
      return repeated(before, key, fingerprint, call);
    }
    throw refusal;
  }

  private @Nullable Object repeated(Item record, Key key, String fingerprint, FieldCall call) {
    if (!record.text(FINGERPRINT).equals(fingerprint)) {
      throw new ClientError(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          "The request id was used for something else; take a new one for each mutation.");
    }
    if (record.has(REFUSAL)) {
      throw refusal(record.text(REFUSAL));
    }
    Key answerKey = answerKey(key, call);
    Item answer = call.store().get(answerKey, Projection.of(JSON, EXPIRES_AT));
    if (answer != null && isKept(answer)) {
      renderings(call).put(call.responseKey(), new Recorded(answer));
      return null; // what was recorded is put in its place when all is executed
    }
    renderings(call).put(call.responseKey(), new Unrecorded(answerKey, record.number(EXPIRES_AT)));
    return call.store().upgraded(record).get(PAYLOAD);
  }

  private static ClientError refusal(String recorded) {
    Map<?, ?> refusal = (Map<?, ?>) Objects.requireNonNull(read(recorded));
    Map<String, Object> details = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(refusal.get("details")))
        .forEach((name, value) -> details.put(name.toString(), Objects.requireNonNull(value)));
    return new ClientError(
        String.valueOf(refusal.get("code")), String.valueOf(refusal.get("message")), details);
  }

  /**
   * Records what is about to be sent, and puts what was recorded before in its place.
   *
   * @param data by response key
   * @param failed the response keys under which there are errors; what is under them is not
   *     recorded, so that a repeat can tell more
   */
  Map<String, @Nullable Object> settle(
      Map<String, @Nullable Object> data, List<String> failed, RequestContext request) {
    Map<String, @Nullable Object> settled = new LinkedHashMap<>(data);
    request
        .renderings()
        .byKey
        .forEach((responseKey, rendering) -> {
          switch (rendering) {
            case Recorded(Item answer) -> settled.put(responseKey, read(answer.text(JSON)));
            case Unrecorded unrecorded when !failed.contains(responseKey) ->
                settled.put(responseKey, recorded(unrecorded, settled.get(responseKey), request));
            case Unrecorded unrecorded -> {}
          }
        });
    return settled;
  }

  /** The answer as it is recorded; it has gone through JSON, so that a repeat is the same. */
  private @Nullable Object recorded(
      Unrecorded rendering, @Nullable Object value, RequestContext request) {
    try {
      byte[] json = Json.bytes(value);
      Object same = Json.read(json);
      if (json.length > MOST_RECORDED) {
        return value;
      }
      Item answer =
          Item.of(
              rendering.key(),
              Map.of(
                  JSON,
                  new String(json, StandardCharsets.UTF_8),
                  EXPIRES_AT,
                  rendering.expiresAt()));
      Item before = new Transactions(request.store(), clock).putOrFind(answer, unused());
      return before == null ? same : read(before.text(JSON));
    } catch (RuntimeException | MalformedJson failed) { // it has happened, so the client is told
      log.failure(request.requestId(), "recording an answer", failed);
      return value;
    }
  }

  private static @Nullable Object read(String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("What was recorded can't be read.", impossible);
    }
  }

  /** There is no outcome yet, or one whose time is over: the table deletes those days later. */
  private Condition unused() {
    return Condition.absent()
        .or(Condition.isBefore(EXPIRES_AT, clock.instant().getEpochSecond() + 1));
  }

  private boolean isKept(Item record) {
    return record.number(EXPIRES_AT) > clock.instant().getEpochSecond();
  }

  private Transactions transactions(FieldCall call) {
    return new Transactions(call.store(), clock);
  }

  private static Map<String, Rendering> renderings(FieldCall call) {
    return call.request().renderings().byKey;
  }

  /** Request ids are the caller's own: nobody can meet the outcome of another one. */
  private static Key key(FieldCall call) {
    String caller = call.caller() instanceof Caller.Verified verified ? verified.id() : "";
    return new Key("ONCE#" + caller + "#" + call.input().text(REQUEST_ID), "OUTCOME");
  }

  private static Key answerKey(Key key, FieldCall call) {
    return new Key(key.partition(), "ANSWER#" + sha256(call.selectionText()));
  }

  /** Which mutation it is and all of its input. */
  private static String fingerprint(FieldCall call) {
    Map<String, @Nullable Object> input = new TreeMap<>(call.inputWithoutDefaults());
    input.remove(REQUEST_ID);
    return sha256(call.field() + Json.text(input));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
    }
  }
}
