package dev.screenful.screens;

import dev.screenful.crypto.Sha256;
import dev.screenful.document.ParsedDocument;
import dev.screenful.document.ValidDocument;
import dev.screenful.execution.DocumentRefused;
import dev.screenful.execution.DocumentValidator;
import dev.screenful.execution.GraphqlResponse;
import dev.screenful.identity.Caller;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import dev.screenful.store.Deadline;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Span;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the document of each request, by its text, its hash or its id in a manifest. Parsed and
 * validated documents are cached, because an app sends the same few again and again. Documents that
 * are refused are neither cached nor registered.
 */
public final class DocumentLookup {

  /**
   * A document that may run.
   *
   * @param screen the known screen; empty for an unknown document
   */
  record Admitted(ValidDocument document, Optional<KnownScreen> screen) {}

  /**
   * Characters of the cached documents, for screens and for unknown documents each. A parsed
   * document takes up to 50 bytes of memory for each character.
   */
  private static final int CACHED_CHARACTERS = 256 * 1024;

  private final DocumentValidator validator;
  private final KnownScreens known;
  private final DocumentSettings settings;
  private final PersistedDocuments persisted;
  private final Log log;
  private final BoundedCache<Admitted> screens = new BoundedCache<>(CACHED_CHARACTERS);
  private final BoundedCache<Admitted> unknown = new BoundedCache<>(CACHED_CHARACTERS);

  /**
   * A lookup for a deployment.
   *
   * @param table stores registered documents, for all function instances
   * @param known the documents of the app's versions
   * @param clock the time for the expiry of registrations
   * @param log receives failed registrations
   */
  public DocumentLookup(
      DocumentValidator validator,
      Table table,
      KnownScreens known,
      DocumentSettings settings,
      InstantSource clock,
      Log log) {
    this.validator = validator;
    this.known = known;
    this.settings = settings;
    this.persisted = new PersistedDocuments(table, settings.registrationsPerMinute(), clock);
    this.log = log;
  }

  /**
   * The document of a request. Clients compare the error messages about persisted queries word by
   * word.
   *
   * @throws DocumentRefused if no document is found, or it may not run
   */
  Admitted find(
      GraphqlRequest request, Caller caller, Deadline deadline, String requestId, Span span)
      throws DocumentRefused {
    String hash = request.hash();
    String text = request.query();
    Optional<KnownDocument> listed = Optional.ofNullable(hash).flatMap(known::withId);
    if (text == null && listed.isPresent()) {
      return admit(listed.get());
    }
    if (hash != null && !settings.persistedQueries()) {
      throw handshake(
          ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported", requestId);
    }
    if (text == null) {
      @Nullable String registered = hash == null ? null : persisted.get(hash, deadline, span);
      if (registered == null) {
        throw handshake(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound", requestId);
      }
      return admit(registered, requestId);
    }
    if (hash == null) {
      return admit(text, requestId);
    }
    if (!hash.equals(Sha256.hex(text))) { // or a client could replace another one's document
      throw refused(ErrorCode.BAD_REQUEST, "The hash does not match the document.", requestId);
    }
    Admitted admitted = admit(text, requestId);
    register(hash, admitted.document(), caller, deadline, requestId, span);
    return admitted;
  }

  private static DocumentRefused handshake(ErrorCode code, String message, String requestId) {
    return new DocumentRefused(
        GraphqlResponse.error(
            GraphqlResponse.Outcome.HANDSHAKE, code, message, requestId, new Cost()));
  }

  private static DocumentRefused refused(ErrorCode code, String message, String requestId) {
    return new DocumentRefused(
        GraphqlResponse.error(
            GraphqlResponse.Outcome.REFUSED, code, message, requestId, new Cost()));
  }

  /** A failed registration does not prevent the execution. */
  private void register(
      String hash,
      ValidDocument document,
      Caller caller,
      Deadline deadline,
      String requestId,
      Span span) {
    try {
      persisted.register(hash, document, caller, deadline, span);
    } catch (RuntimeException failed) {
      log.failure(requestId, "registering a document", failed);
    }
  }

  private Admitted admit(KnownDocument document) {
    Admitted cached = screens.get(document.text());
    if (cached != null) {
      return cached;
    }
    Admitted admitted =
        new Admitted(document.parsed().get().asKnown(), Optional.of(document.screen()));
    screens.put(document.text(), admitted, document.text().length());
    return admitted;
  }

  private Admitted admit(String text, String requestId) throws DocumentRefused {
    Admitted cached = screens.get(text);
    cached = cached == null ? unknown.get(text) : cached;
    if (cached != null) {
      return cached;
    }
    Optional<KnownDocument> same = known.withText(text);
    if (same.isPresent()) {
      return admit(same.get());
    }
    ParsedDocument parsed = validator.parse(text, requestId);
    Optional<KnownScreen> screen = known.equivalentTo(parsed);
    if (screen.isPresent()) { // validated by the build
      Admitted admitted = new Admitted(parsed.asKnown(), screen);
      screens.put(text, admitted, text.length());
      return admitted;
    }
    if (settings.safelist() == Safelist.KNOWN_SCREENS) {
      throw refused(
          ErrorCode.QUERY_NOT_IN_SAFELIST,
          "This document is not in the safelist. Only screens of known apps are served.",
          requestId);
    }
    Admitted admitted = new Admitted(validator.validate(parsed, requestId), Optional.empty());
    unknown.put(text, admitted, text.length());
    return admitted;
  }
}
