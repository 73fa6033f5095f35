package dev.screenful.screens;

import dev.screenful.document.ParsedDocument;
import dev.screenful.document.ValidDocument;
import dev.screenful.execution.GraphqlResponse;
import dev.screenful.execution.DocumentRefused;
import dev.screenful.execution.Execution;
import dev.screenful.identity.Caller;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import dev.screenful.store.Deadline;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents by their text or its hash, parsed and checked once: an app sends the same few over and
 * over. Those that may not run are not kept, and can't be registered.
 */
final class DocumentLookup {

  /**
   * A document that may run.
   *
   * @param screen the screen that it is, empty where it is a stranger's
   */
  record Admitted(ValidDocument document, Optional<KnownScreen> screen) {}

  /**
   * Characters of the documents that are kept of each kind. Parsed, a character takes up to 50
   * bytes.
   */
  private static final int KEPT = 256 * 1024;

  private final Execution execution;
  private final KnownScreens known;
  private final DocumentSettings settings;
  private final PersistedDocuments persisted;
  private final Log log;
  private final BoundedCache<Admitted> screens = new BoundedCache<>(KEPT);
  private final BoundedCache<Admitted> strangers = new BoundedCache<>(KEPT);

  DocumentLookup(
      Execution execution,
      Table table,
      KnownScreens known,
      DocumentSettings settings,
      InstantSource clock,
      Log log) {
    this.execution = execution;
    this.known = known;
    this.settings = settings;
    this.persisted = new PersistedDocuments(table, settings.registrationsPerMinute(), clock);
    this.log = log;
  }

  /**
   * The document that a request means. Clients match on the messages of the handshake, word by
   * word.
   *
   * @throws DocumentRefused where there is none that may run
   */
  Admitted of(GraphqlRequest request, Caller caller, Deadline deadline, String requestId)
      throws DocumentRefused {
    String hash = request.hash();
    String text = request.query();
    Optional<KnownScreens.Listed> listed = Optional.ofNullable(hash).flatMap(known::listed);
    if (text == null && listed.isPresent()) {
      return new Admitted(listed.get().document().trusted(), Optional.of(listed.get().screen()));
    }
    if (hash != null && !settings.persistedQueries()) {
      throw handshake(
          ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported", requestId);
    }
    if (text == null) {
      @Nullable String registered = hash == null ? null : persisted.get(hash, deadline);
      if (registered == null) {
        throw handshake(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound", requestId);
      }
      return of(registered, requestId);
    }
    if (hash == null) {
      return of(text, requestId);
    }
    if (!hash.equals(
        DocumentHash.of(text))) { // or anyone could put a document of theirs in another one's place
      throw refused(ErrorCode.BAD_REQUEST, "The hash is not that of the document.", requestId);
    }
    Admitted admitted = of(text, requestId);
    register(hash, admitted.document(), caller, deadline, requestId);
    return admitted;
  }

  private static DocumentRefused handshake(ErrorCode code, String message, String requestId) {
    return new DocumentRefused(
        GraphqlResponse.error(GraphqlResponse.Outcome.HANDSHAKE, code, message, requestId, new Cost()));
  }

  private static DocumentRefused refused(ErrorCode code, String message, String requestId) {
    return new DocumentRefused(
        GraphqlResponse.error(GraphqlResponse.Outcome.REFUSED, code, message, requestId, new Cost()));
  }

  /** The document can be executed whether or not it can be kept for others. */
  private void register(
      String hash, ValidDocument document, Caller caller, Deadline deadline, String requestId) {
    try {
      persisted.register(hash, document, caller, deadline);
    } catch (RuntimeException failed) {
      log.failure(requestId, "registering a document", failed);
    }
  }

  private Admitted of(String text, String requestId) throws DocumentRefused {
    Admitted kept = screens.get(text);
    kept = kept == null ? strangers.get(text) : kept;
    if (kept != null) {
      return kept;
    }
    ParsedDocument parsed = execution.parse(text, requestId);
    Optional<KnownScreen> screen = known.of(parsed);
    if (screen.isPresent()) { // the build has held it against the schema
      Admitted admitted = new Admitted(parsed.trusted(), screen);
      screens.put(text, admitted, text.length());
      return admitted;
    }
    if (settings.safelist() == Safelist.KNOWN_SCREENS) {
      throw refused(
          ErrorCode.QUERY_NOT_IN_SAFELIST,
          "Only the screens of known apps are served here, and this document is none of them.",
          requestId);
    }
    Admitted admitted = new Admitted(execution.validate(parsed, requestId), Optional.empty());
    strangers.put(text, admitted, text.length());
    return admitted;
  }
}
