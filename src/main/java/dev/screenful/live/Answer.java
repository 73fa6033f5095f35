package dev.screenful.live;

import dev.screenful.crypto.Sha256;
import dev.screenful.execution.GraphqlResponse;
import dev.screenful.json.Json;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.LiveScreenAnswer;
import dev.screenful.store.Dependency;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An answer of a live screen.
 *
 * @param kind whether and how it can be sent
 * @param payload the JSON of the response
 * @param errors the errors of the response
 * @param dependencies all that it was read from
 * @param isPrivate whether it is for its caller only
 */
record Answer(
    Kind kind, byte[] payload, List<?> errors, Set<Dependency> dependencies, boolean isPrivate) {

  /** Characters of a hash: 128 bits in hexadecimal. */
  private static final int HASH_LENGTH = 32;

  /** The most dependencies; each is a watch to write. */
  private static final int MOST_DEPENDENCIES = 1000;

  /** Codes of errors that another execution may avoid. */
  private static final Set<String> TRANSIENT =
      Set.of(ErrorCode.UNAVAILABLE.name(), ErrorCode.DEADLINE_EXCEEDED.name());

  /** Whether and how an answer can be sent. */
  enum Kind {
    /** The operation was executed. */
    EXECUTED,
    /** The operation may not run, or not any more. */
    REFUSED,
    /** A part of the operation failed, and another execution may succeed. */
    TRANSIENT
  }

  /** The answer of a live screen. */
  static Answer of(LiveScreenAnswer live, String requestId) {
    GraphqlResponse response = live.answer().response();
    Set<Dependency> dependencies = live.answer().dependencies();
    if (dependencies.size() > MOST_DEPENDENCIES) {
      return once(
          GraphqlResponse.error(
              GraphqlResponse.Outcome.REFUSED,
              ErrorCode.QUERY_TOO_COMPLEX,
              "A live screen may read at most %d items and partitions, not %d."
                  .formatted(MOST_DEPENDENCIES, dependencies.size()),
              requestId,
              response.cost()),
          requestId);
    }
    Answer once = once(response, requestId);
    Kind kind = once.errors.stream().anyMatch(Answer::isTransient) ? Kind.TRANSIENT : once.kind;
    return new Answer(kind, once.payload, once.errors, dependencies, live.answer().isPrivate());
  }

  /**
   * The answer of an operation that is answered once. One that is too large to send is replaced by
   * an error that says so.
   */
  static Answer once(GraphqlResponse response, String requestId) {
    GraphqlResponse sent = response;
    byte[] payload = Json.bytes(response.map());
    if (payload.length > Connections.MAX_MESSAGE - Messages.MAX_ENVELOPE) {
      sent = response.tooLarge(payload.length, requestId);
      payload = Json.bytes(sent.map());
    }
    List<?> errors = sent.map().get("errors") instanceof List<?> all ? all : List.of();
    boolean isExecuted = response.outcome() == GraphqlResponse.Outcome.EXECUTED;
    return new Answer(isExecuted ? Kind.EXECUTED : Kind.REFUSED, payload, errors, Set.of(), true);
  }

  private static boolean isTransient(Object error) {
    return error instanceof Map<?, ?> map
        && map.get("extensions") instanceof Map<?, ?> extensions
        && extensions.get("code") instanceof String code
        && TRANSIENT.contains(code);
  }

  /** A hash of the answer. */
  String hash() {
    return Sha256.hex(new String(payload, StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
  }

  /** The message for a subscriber. */
  byte[] message(String operation) {
    return kind == Kind.EXECUTED
        ? Messages.next(operation, payload)
        : Messages.error(operation, errors);
  }
}
