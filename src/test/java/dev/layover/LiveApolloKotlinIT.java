package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import apollo.models.FlightLiveSubscription;
import apollo.models.MyTripsLiveSubscription;
import com.apollographql.apollo.ApolloClient;
import com.apollographql.apollo.api.ApolloResponse;
import com.apollographql.apollo.api.Subscription;
import com.apollographql.apollo.exception.SubscriptionOperationException;
import com.apollographql.apollo.network.websocket.GraphQLWsProtocol;
import com.apollographql.apollo.network.websocket.WebSocketNetworkTransport;
import dev.layover.local.LiveServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Apollo Kotlin's WebSocket transport, as Android apps use it, with the models that its compiler
 * generates from the screens, over sockets against the development server.
 */
@Timeout(120)
final class LiveApolloKotlinIT {

  private static final String FLIGHT = "Flight:RQ204-2026-01-18";
  private static final String OTHER = "Flight:PQ142-2026-01-17";
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private LiveServer server;

  @BeforeEach
  void start() throws IOException {
    server = new LiveServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The code of {@code docs/live.md}, in Java. */
  private ApolloClient client(@Nullable String token) {
    return new ApolloClient.Builder()
        .serverUrl(server.endpoint())
        .subscriptionNetworkTransport(
            new WebSocketNetworkTransport.Builder()
                .serverUrl(server.liveEndpoint())
                .wsProtocol(
                    new GraphQLWsProtocol(continuation ->
                        token == null ? null : Map.of("authorization", "Bearer " + token)))
                .build())
        .retryOnError(request -> request.getOperation() instanceof Subscription)
        .build();
  }

  /** A live screen that collects its answers, until it is closed. */
  private static final class Screen<D extends Subscription.Data> implements AutoCloseable {

    private final BlockingQueue<ApolloResponse<D>> answers = new LinkedBlockingQueue<>();
    private final Job job;

    Screen(ApolloClient client, Subscription<D> subscription) {
      this.job =
          BuildersKt.launch(
              GlobalScope.INSTANCE,
              Dispatchers.getIO(),
              CoroutineStart.DEFAULT,
              (scope, continuation) ->
                  client
                      .subscription(subscription)
                      .toFlow()
                      .collect(
                          (answer, next) -> {
                            answers.add(answer);
                            return Unit.INSTANCE;
                          },
                          continuation));
    }

    ApolloResponse<D> next() throws InterruptedException {
      return Objects.requireNonNull(answers.poll(30, TimeUnit.SECONDS), "an answer");
    }

    D data() throws InterruptedException {
      ApolloResponse<D> answer = next();
      assertThat(answer.exception).isNull();
      return Objects.requireNonNull(answer.data);
    }

    boolean isSilent() throws InterruptedException {
      return answers.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public void close() {
      job.cancel(null);
    }
  }

  private static Screen<FlightLiveSubscription.Data> flight(ApolloClient client, String id) {
    return new Screen<>(client, new FlightLiveSubscription(id));
  }

  private static int delay(Screen<FlightLiveSubscription.Data> screen) throws InterruptedException {
    return screen.data().flight.delayMinutes;
  }

  @Test
  void two_screens_show_each_change_and_a_closed_one_gets_nothing_more()
      throws IOException, InterruptedException {
    server.delay(FLIGHT, 10);
    server.delay(OTHER, 11);
    List<String> before = LiveServer.subscriptions();
    try (ApolloClient client = client(null);
        Screen<FlightLiveSubscription.Data> one = flight(client, FLIGHT);
        Screen<FlightLiveSubscription.Data> two = flight(client, OTHER)) {
      assertThat(delay(one)).isEqualTo(10);
      assertThat(delay(two)).isEqualTo(11);
      server.delay(FLIGHT, 20);
      assertThat(delay(one)).isEqualTo(20);

      one.close();
      for (int attempt = 0; attempt < 100; attempt++) {
        if (LiveServer.subscriptions().size() == before.size() + 2) {
          break;
        }
        Thread.sleep(100);
      }
      server.delay(FLIGHT, 30);
      server.delay(OTHER, 31);

      assertThat(delay(two)).isEqualTo(31);
      assertThat(one.isSilent()).isTrue();
      assertThat(LiveServer.subscriptions()).hasSize(before.size() + 2);
    }
  }

  @Test
  void the_token_is_that_of_the_connection() throws InterruptedException {
    MyTripsLiveSubscription trips = MyTripsLiveSubscription.builder().build();
    try (ApolloClient client = client(LiveServer.token("traveller-2"));
        ApolloClient stranger = client(null);
        Screen<MyTripsLiveSubscription.Data> own = new Screen<>(client, trips);
        Screen<MyTripsLiveSubscription.Data> none = new Screen<>(stranger, trips)) {
      assertThat(own.data().me.id).isEqualTo("traveller-2");
      assertThat(none.data().me).isNull();
    }
  }

  @Test
  void an_invalid_token_is_one_error_and_no_loop() throws InterruptedException {
    try (ApolloClient client = client("nonsense");
        Screen<FlightLiveSubscription.Data> screen = flight(client, FLIGHT)) {
      ApolloResponse<FlightLiveSubscription.Data> answer = screen.next();

      assertThat(answer.exception)
          .isInstanceOfSatisfying(
              SubscriptionOperationException.class,
              refused ->
                  assertThat(String.valueOf(refused.getPayload())).contains("UNAUTHENTICATED"));
      assertThat(screen.isSilent()).isTrue();
    }
  }

  @Test
  void a_failed_field_is_null_with_an_error() throws InterruptedException {
    try (ApolloClient client = client(null);
        Screen<FlightLiveSubscription.Data> screen = flight(client, "Flight:none")) {
      ApolloResponse<FlightLiveSubscription.Data> answer = screen.next();

      assertThat(answer.exception).isNull();
      assertThat(Objects.requireNonNull(answer.data).flight).isNull();
      assertThat(Objects.requireNonNull(answer.errors).getFirst().getExtensions())
          .containsEntry("code", "NOT_FOUND");
    }
  }

  @Test
  void a_screen_returns_when_the_server_has_come_back_and_misses_nothing()
      throws IOException, InterruptedException {
    server.delay(FLIGHT, 50);
    try (ApolloClient client = client(null);
        Screen<FlightLiveSubscription.Data> screen = flight(client, FLIGHT)) {
      assertThat(delay(screen)).isEqualTo(50);

      server.leave();
      Thread.sleep(SILENCE);
      server.comeBack();

      assertThat(delay(screen)).isEqualTo(50);
      server.delay(FLIGHT, 55);
      assertThat(delay(screen)).isEqualTo(55);
    }
  }
}
