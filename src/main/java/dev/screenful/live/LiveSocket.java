package dev.screenful.live;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.identity.Authorization;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.IssuerUnavailable;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.GraphqlRequest;
import dev.screenful.screens.MalformedRequest;
import dev.screenful.screens.RequestLog;
import dev.screenful.screens.ScreenResponse;
import dev.screenful.screens.Screens;
import dev.screenful.store.Cost;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import dev.screenful.telemetry.Span;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves the protocol {@value Messages#PROTOCOL} on WebSocket connections. A breach of the protocol
 * ends the connection, as the protocol asks for.
 */
final class LiveSocket {

  /** How long a connection may take to be initialised. */
  private static final Duration INIT_TIME = Duration.ofSeconds(10);

  /** The most subscriptions of a connection; each change may answer all of them again. */
  static final int MOST_OPERATIONS = 50;

  private final Screens screens;
  private final LiveAnswers answers;
  private final TokenVerifier tokens;
  private final Authorization authorization;
  private final Connections connections;
  private final Table table;
  private final InstantSource clock;
  private final Metrics metrics;
  private final Log log;

  LiveSocket(
      Screens screens,
      LiveAnswers answers,
      TokenVerifier tokens,
      Authorization authorization,
      Connections connections,
      Table table,
      InstantSource clock,
      Metrics metrics,
      Log log) {
    this.screens = screens;
    this.answers = answers;
    this.tokens = tokens;
    this.authorization = authorization;
    this.connections = connections;
    this.table = table;
    this.clock = clock;
    this.metrics = metrics;
    this.log = log;
  }

  /**
   * Handles an event.
   *
   * @return the headers of the response to a client that connects; empty if it is refused
   */
  Optional<Map<String, String>> handle(SocketEvent event) {
    Cost cost = new Cost();
    Handling handling = new Handling(event, cost);
    try {
      Optional<Map<String, String>> accepted = handling.handle();
      log.info("socket", fields(event, cost));
      return accepted;
    } catch (RuntimeException failed) {
      log.failure(event.id(), "socket", failed);
      if (event.kind() == SocketEvent.Kind.MESSAGE) {
        handling.outbox.close(event.connection()); // the client connects again
      }
      return Optional.empty();
    }
  }

  private static Map<String, Object> fields(SocketEvent event, Cost cost) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("requestId", event.id());
    fields.putAll(event.trace().fields());
    fields.put("connection", event.connection());
    fields.put("kind", event.kind().name());
    fields.put("readUnits", cost.readUnits());
    fields.put("writeUnits", cost.writeUnits());
    return fields;
  }

  /** The handling of one event. */
  private final class Handling {

    private final SocketEvent event;
    private final SocketTable sockets;
    private final Outbox outbox;
    private final LiveScreens live;

    Handling(SocketEvent event, Cost cost) {
      this.event = event;
      Store store = new Store(table, event.deadline()).chargedTo(cost);
      this.sockets = new SocketTable(store, clock);
      this.outbox = new Outbox(connections, sockets, event.deadline(), log);
      this.live =
          new LiveScreens(answers, new LiveTable(store, clock), sockets, outbox, event.deadline());
    }

    Optional<Map<String, String>> handle() {
      switch (event.kind()) {
        case CONNECT -> {
          return connect();
        }
        case DISCONNECT -> sockets.disconnect(event.connection());
        case MESSAGE ->
            Messages.read(event.message())
                .ifPresentOrElse(this::handle, () -> outbox.close(event.connection()));
      }
      return Optional.of(Map.of());
    }

    private Optional<Map<String, String>> connect() {
      String protocols = event.headers().getOrDefault("sec-websocket-protocol", "");
      if (Arrays.stream(protocols.split(","))
          .map(String::strip)
          .noneMatch(Messages.PROTOCOL::equals)) {
        return Optional.empty();
      }
      sockets.connect(event.connection(), event.address());
      return Optional.of(Map.of("sec-websocket-protocol", Messages.PROTOCOL));
    }

    private void handle(Messages.Message message) {
      switch (message) {
        case Messages.Init(Object payload) -> initialise(payload);
        case Messages.Ping(Object payload) ->
            outbox.send(event.connection(), Messages.pong(payload));
        case Messages.Pong() -> {}
        case Messages.Subscribe(String id, Object payload) -> subscribe(id, payload);
        case Messages.Complete(String id) ->
            live.complete(new Subscriber(event.connection(), id, null));
      }
    }

    /**
     * Initialises the connection. A token that is not accepted is the error of the first operation:
     * the protocol has no message for it before, and after a bare close clients connect again and
     * again.
     */
    private void initialise(@Nullable Object payload) {
      boolean isLate = event.connectedAt().plus(INIT_TIME).isBefore(clock.instant());
      if (isLate || !sockets.initialise(socket(payload))) {
        outbox.close(event.connection());
        return;
      }
      outbox.send(event.connection(), Messages.acknowledged());
    }

    private Socket socket(@Nullable Object payload) {
      Caller anyone = new Caller.Anonymous(event.address());
      try {
        Caller caller = caller(token(payload));
        return new Socket(event.connection(), Socket.State.INITIALISED, caller);
      } catch (InvalidToken invalid) {
        log.info(
            "socketRefused",
            Map.of("requestId", event.id(), "refused", String.valueOf(invalid.getMessage())));
        return new Socket(event.connection(), Socket.State.REFUSED, anyone);
      } catch (IssuerUnavailable unknown) { // the token may be valid
        log.failure(event.id(), "token", unknown);
        return new Socket(event.connection(), Socket.State.UNVERIFIED, anyone);
      }
    }

    private Caller caller(Optional<String> token) throws InvalidToken {
      return token.isEmpty()
          ? new Caller.Anonymous(event.address())
          : tokens.verify(token.get(), event.deadline().remaining());
    }

    /** The token in {@code authorization}, or there in {@code headers}, as some clients send it. */
    private Optional<String> token(@Nullable Object payload) throws InvalidToken {
      if (!(payload instanceof Map<?, ?> parameters)) {
        return Optional.empty();
      }
      for (Map.Entry<?, ?> parameter : parameters.entrySet()) {
        String name = String.valueOf(parameter.getKey()).toLowerCase(Locale.ROOT);
        if (name.equals("authorization") && parameter.getValue() != null) {
          return authorization.token(String.valueOf(parameter.getValue()));
        }
      }
      return parameters.get("headers") instanceof Map<?, ?> headers
          ? token(headers)
          : Optional.empty();
    }

    private void subscribe(String id, @Nullable Object payload) {
      Socket socket = sockets.socket(event.connection()).orElse(null);
      switch (socket == null ? Socket.State.CONNECTED : socket.state()) {
        case CONNECTED -> outbox.close(event.connection());
        case REFUSED ->
            refuse(id, ErrorCode.UNAUTHENTICATED, "The token is invalid. Sign in again.");
        case UNVERIFIED ->
            refuse(
                id, ErrorCode.UNAVAILABLE, "The token can't be verified right now. Retry later.");
        case INITIALISED -> subscribe(id, payload, Objects.requireNonNull(socket).caller());
      }
    }

    private void refuse(String id, ErrorCode code, String message) {
      outbox.send(event.connection(), Messages.error(id, code, message));
      outbox.close(event.connection());
    }

    private void subscribe(String id, @Nullable Object payload, Caller caller) {
      Subscriber subscriber =
          new Subscriber(
              event.connection(),
              id,
              caller instanceof Caller.Verified verified ? verified.expiresAt() : null);
      if (subscriber.hasExpired(clock.instant())) {
        outbox.send(event.connection(), Messages.expired(id));
        return;
      }
      try {
        GraphqlRequest request = GraphqlRequest.of(payload);
        if (screens.isSubscription(request, caller, event.deadline(), event.id())) {
          subscribe(subscriber, request, caller);
        } else {
          answer(id, request, caller);
        }
      } catch (MalformedRequest malformed) {
        outbox.send(
            event.connection(), Messages.error(id, ErrorCode.BAD_REQUEST, malformed.getMessage()));
      } catch (RuntimeException failed) {
        log.failure(event.id(), "subscribe", failed);
        Answer answer =
            Answer.once(GraphqlResponse.failed(failed, event.id(), new Cost()), event.id());
        outbox.send(event.connection(), answer.message(id));
        live.complete(subscriber);
      }
    }

    private void subscribe(Subscriber subscriber, GraphqlRequest request, Caller caller) {
      switch (sockets.begin(subscriber, MOST_OPERATIONS)) {
        case BEGUN -> live.subscribe(subscriber, request, caller);
        case COMPLETED -> {}
        case DUPLICATE -> outbox.close(event.connection());
        case TOO_MANY ->
            outbox.send(
                event.connection(),
                Messages.error(
                    subscriber.operation(),
                    ErrorCode.BAD_REQUEST,
                    "A connection may have %d subscriptions.".formatted(MOST_OPERATIONS)));
      }
    }

    /** Answers a query or a mutation, as over HTTP. */
    private void answer(String id, GraphqlRequest request, Caller caller) {
      RequestLog entry = new RequestLog(event.id(), event.trace().again(), null, null);
      if (caller instanceof Caller.Verified verified) {
        entry.caller(verified);
      }
      ScreenResponse response =
          screens
              .respond(List.of(request), caller, event.deadline(), event.id(), Span.NONE)
              .getFirst();
      Answer answer = Answer.once(response.response(), event.id());
      entry.add(response, answer.payload().length);
      entry.write(200, log, metrics);
      outbox.send(event.connection(), answer.message(id));
      if (answer.kind() == Answer.Kind.EXECUTED) {
        outbox.send(event.connection(), Messages.complete(id));
      }
    }
  }
}
