package dev.screenful.execution;

import dev.screenful.crypto.Sha256;
import dev.screenful.identity.Caller;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Mutation;
import dev.screenful.schema.OnceRule;
import dev.screenful.store.Condition;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Transactions;
import dev.screenful.telemetry.Log;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs each mutation once, however often a client retries it. One transaction commits the writes of
 * the mutation and its outcome, so neither exists without the other. The outcome is stored under
 * the caller and the idempotency key. A repeat on any function instance finds it there.
 *
 * <p>The outcome is the payload that the mutation returned, or its refusal. The JSON that the
 * client gets, which may include data from elsewhere, is recorded before it is sent. So a repeat
 * with the same selection returns the same JSON, even if the data has changed since.
 */
final class Once {

  /** Bytes of the longest JSON that is recorded; DynamoDB's limit for an item is 400 KB. */
  private static final int MAX_RECORDED_BYTES = 350_000;

  private static final String EXPIRES_AT = "expiresAt";
  private static final String FINGERPRINT = "fingerprint";
  private static final String PAYLOAD = "payload";
  private static final String REFUSAL = "refusal";
  private static final String JSON = "json";

  /** The responses to the mutations of one operation that must be recorded, by response key. */
  static final class Responses {
    private final Map<String, Unrecorded> byKey = new ConcurrentHashMap<>();
  }

  /** The JSON must be recorded under this key. */
  private record Unrecorded(Key key, long expiresAt) {}

  /** The JSON that an earlier request got. {@link MutationStrategy} sends it as it is. */
  record Recorded(Object json) {}

  /** An earlier request has the same idempotency key. */
  private static final class Repeated extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Item record;

    private Repeated(@Nullable Item record) {
      super("The idempotency key was used before.", null, false, false);
      this.record = Objects.requireNonNull(record);
    }
  }

  private final Duration retention;
  private final InstantSource clock;
  private final Log log;

  /**
   * Stores outcomes in the table.
   *
   * @param retention how long outcomes are kept
   */
  Once(Duration retention, InstantSource clock, Log log) {
    this.retention = retention;
    this.clock = clock;
    this.log = log;
  }

  /** Runs a mutation that needs no idempotency key. */
  @Nullable Object runEachTime(Mutation mutation, FieldCall call) {
    return transactions(call).commit(transaction -> mutation.apply(call, transaction));
  }

  /** Runs a mutation, or returns the outcome of an earlier request with the same key. */
  @Nullable Object run(Mutation mutation, FieldCall call) {
    Key key = key(call);
    String fingerprint = fingerprint(call);
    long expiresAt = clock.instant().plus(retention).getEpochSecond();
    try {
      Object payload =
          transactions(call)
              .<@Nullable Object>commit(transaction -> {
                Object result = mutation.apply(call, transaction);
                Map<String, @Nullable Object> outcome = new LinkedHashMap<>();
                outcome.put(FINGERPRINT, fingerprint);
                outcome.put(PAYLOAD, result);
                outcome.put(EXPIRES_AT, expiresAt);
                transaction.putFirst(Item.of(key, outcome), unused(), Repeated::new);
                return result;
              });
      responses(call).put(call.responseKey(), new Unrecorded(responseKey(key, call), expiresAt));
      return payload;
    } catch (Repeated repeated) {
      return repeated(repeated.record, key, fingerprint, call);
    } catch (ClientError refusal) {
      return refused(refusal, key, fingerprint, expiresAt, call);
    }
  }

  /**
   * Records a refusal, which is an outcome too: a late repeat must not do what the client was told
   * is not done. Refusals of bad input are not recorded.
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
    Item before = transactions(call).putIf(outcome, unused());
    if (before != null) {
      return repeated(before, key, fingerprint, call);
    }
    throw refusal;
  }

  private @Nullable Object repeated(Item record, Key key, String fingerprint, FieldCall call) {
    if (!record.text(FINGERPRINT).equals(fingerprint)) {
      throw new ClientError(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          "This requestId was already used for another mutation. Use a new one for each mutation.");
    }
    if (record.has(REFUSAL)) {
      throw refusal(record.text(REFUSAL));
    }
    Key responseKey = responseKey(key, call);
    Item response = call.store().get(responseKey, Projection.of(JSON, EXPIRES_AT));
    if (response != null && isKept(response)) {
      Object json = read(response.text(JSON));
      return json == null ? null : new Recorded(json);
    }
    responses(call).put(call.responseKey(), new Unrecorded(responseKey, record.number(EXPIRES_AT)));
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
   * Records the JSON that is about to be sent, or replaces it with the JSON that another request
   * recorded meanwhile.
   *
   * @param data by response key
   * @param failed the response keys with errors; their JSON is not recorded, so that a repeat can
   *     return more
   */
  Map<String, @Nullable Object> settle(
      Map<String, @Nullable Object> data, List<String> failed, RequestContext request) {
    Map<String, @Nullable Object> settled = new LinkedHashMap<>(data);
    request
        .responses()
        .byKey
        .forEach((responseKey, unrecorded) -> {
          if (!failed.contains(responseKey)) {
            settled.put(responseKey, recorded(unrecorded, settled.get(responseKey), request));
          }
        });
    return settled;
  }

  /** The response as recorded. It is read back from JSON, so that a repeat is equal. */
  private @Nullable Object recorded(
      Unrecorded unrecorded, @Nullable Object value, RequestContext request) {
    try {
      byte[] json = Json.bytes(value);
      Object same = Json.read(json);
      if (json.length > MAX_RECORDED_BYTES) {
        return value;
      }
      Item response =
          Item.of(
              unrecorded.key(),
              Map.of(
                  JSON,
                  new String(json, StandardCharsets.UTF_8),
                  EXPIRES_AT,
                  unrecorded.expiresAt()));
      Item before = new Transactions(request.store(), clock).putIf(response, unused());
      return before == null ? same : read(before.text(JSON));
    } catch (RuntimeException
        | MalformedJson failed) { // the mutation is committed, so the client gets its response
      log.failure(request.requestId(), "recording a response", failed);
      return value;
    }
  }

  private static @Nullable Object read(String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJson impossible) {
      throw new IllegalStateException("The recorded JSON can't be read.", impossible);
    }
  }

  /** No outcome exists, or it has expired; DynamoDB may delete expired items days later. */
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

  private static Map<String, Unrecorded> responses(FieldCall call) {
    return call.request().responses().byKey;
  }

  /** The key contains the caller's id, so no caller can find the outcome of another one. */
  private static Key key(FieldCall call) {
    String caller =
        call.request().caller() instanceof Caller.Verified verified ? verified.id() : "";
    return new Key("ONCE#" + caller + "#" + call.input().text(OnceRule.REQUEST_ID), "OUTCOME");
  }

  private static Key responseKey(Key key, FieldCall call) {
    return new Key(key.partition(), "ANSWER#" + Sha256.hex(call.selectionText()));
  }

  /** The hash of the mutation's name and input. */
  private static String fingerprint(FieldCall call) {
    SortedMap<String, @Nullable Object> input = call.normalInput();
    input.remove(OnceRule.REQUEST_ID);
    return Sha256.hex(call.field() + Json.text(input));
  }
}
