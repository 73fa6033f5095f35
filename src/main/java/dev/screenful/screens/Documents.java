package dev.screenful.screens;

import dev.screenful.execution.Answer;
import dev.screenful.execution.Execution;
import dev.screenful.execution.Prepared;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Store;
import dev.screenful.telemetry.Log;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents by their text or its hash, parsed and validated once: an app sends the same few over
 * and over. Only valid ones are kept, and only they can be registered.
 */
final class Documents {

  /** Documents kept; a screen's parsed form takes some tens of kilobytes. */
  private static final int KEPT = 256;

  private final Execution execution;
  private final boolean persistedQueries;
  private final PersistedTexts persisted;
  private final Log log;
  private final Map<String, Prepared.Valid> kept = Collections.synchronizedMap(new Recent<>(KEPT));

  Documents(Execution execution, boolean persistedQueries, InstantSource clock, Log log) {
    this.execution = execution;
    this.persistedQueries = persistedQueries;
    this.persisted = new PersistedTexts(clock);
    this.log = log;
  }

  /**
   * The document that a request means. Clients match on the messages of the handshake, word by
   * word.
   */
  Prepared of(GraphqlRequest request, Store store, String requestId) {
    String hash = request.hash();
    String text = request.query();
    if (hash != null && !persistedQueries) {
      return handshake(
          ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported", requestId, store);
    }
    if (text == null) {
      @Nullable String registered = hash == null ? null : persisted.get(hash, store);
      return registered == null
          ? handshake(
              ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound", requestId, store)
          : of(registered, requestId, store);
    }
    if (hash == null) {
      return of(text, requestId, store);
    }
    if (!hash.equals(
        DocumentHash.of(text))) { // or anyone could put a document of theirs in another one's place
      return new Prepared.Refused(
          Answer.error(
              Answer.Outcome.REFUSED,
              ErrorCode.BAD_REQUEST,
              "The hash is not that of the document.",
              requestId,
              store.cost()));
    }
    Prepared prepared = of(text, requestId, store);
    if (prepared instanceof Prepared.Valid) {
      register(hash, text, store, requestId);
    }
    return prepared;
  }

  private static Prepared handshake(ErrorCode code, String message, String requestId, Store store) {
    return new Prepared.Refused(
        Answer.error(Answer.Outcome.HANDSHAKE, code, message, requestId, store.cost()));
  }

  /** The document can be executed whether or not it can be kept for others. */
  private void register(String hash, String text, Store store, String requestId) {
    try {
      persisted.register(hash, text, store);
    } catch (RuntimeException failed) {
      log.failure(requestId, "registering a document", failed);
    }
  }

  private Prepared of(String text, String requestId, Store store) {
    Prepared.Valid known = kept.get(text);
    if (known != null) {
      return known;
    }
    Prepared prepared = execution.prepare(text, requestId, store.cost());
    if (prepared instanceof Prepared.Valid valid) {
      kept.put(text, valid);
    }
    return prepared;
  }
}
