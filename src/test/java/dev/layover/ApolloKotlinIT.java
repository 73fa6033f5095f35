package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import apollo.models.AnyNodeQuery;
import apollo.models.BookSeatMutation;
import apollo.models.CreatePictureUploadMutation;
import apollo.models.DeferredFlightQuery;
import apollo.models.FlightDetailQuery;
import apollo.models.FollowFlightMutation;
import apollo.models.SearchAirportsQuery;
import apollo.models.SetPictureMutation;
import apollo.models.UnfollowFlightMutation;
import com.apollographql.apollo.ApolloCall;
import com.apollographql.apollo.ApolloClient;
import com.apollographql.apollo.AutoPersistedQueryInfo;
import com.apollographql.apollo.api.ApolloResponse;
import com.apollographql.apollo.api.Mutation;
import com.apollographql.apollo.api.Operation;
import com.apollographql.apollo.api.Query;
import com.apollographql.apollo.api.http.HttpMethod;
import com.apollographql.apollo.exception.ApolloException;
import com.apollographql.apollo.exception.AutoPersistedQueriesNotSupported;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.layover.local.LosingProxy;
import dev.screenful.crypto.Sha256;
import dev.screenful.kit.TestBench;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.local.LocalS3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/**
 * Apollo Kotlin's runtime, as Android apps use it, with the models that its compiler generates from
 * the screens, over HTTP against the development server.
 */
final class ApolloKotlinIT {

  private static final String FLIGHT = "Flight:PQ142-2026-01-17";

  /** Runs an action with a client of a new development server. */
  private static void with(
      Map<String, String> settings,
      Consumer<ApolloClient.Builder> configuration,
      Consumer<ApolloClient> use)
      throws IOException {
    try (DevelopmentServer server = LayoverBench.shared().server(settings)) {
      ApolloClient.Builder builder =
          new ApolloClient.Builder().serverUrl("http://localhost:" + server.port() + "/graphql");
      configuration.accept(builder);
      ApolloClient client = builder.build();
      try {
        use.accept(client);
      } finally {
        client.close();
      }
    }
  }

  private static <D extends Query.Data> ApolloResponse<D> query(
      ApolloClient client, Query<D> query) {
    return answer(client.query(query));
  }

  private static <D extends Mutation.Data> ApolloResponse<D> mutate(
      ApolloClient client, Mutation<D> mutation) {
    return answer(client.mutation(mutation));
  }

  private static <D extends Operation.Data> ApolloResponse<D> answer(ApolloCall<D> call) {
    try {
      return BuildersKt.runBlocking(
          EmptyCoroutineContext.INSTANCE, (scope, continuation) -> call.execute(continuation));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static <D extends Operation.Data> D data(ApolloResponse<D> response) {
    assertThat(response.exception).isNull();
    assertThat(response.errors).isNull();
    return Objects.requireNonNull(response.data);
  }

  private static boolean hit(ApolloResponse<?> response) {
    AutoPersistedQueryInfo info = response.executionContext.get(AutoPersistedQueryInfo.Key);
    return Objects.requireNonNull(info).getHit();
  }

  private static void persisting(ApolloClient.Builder builder) {
    builder.autoPersistedQueries(HttpMethod.Post, HttpMethod.Post, true);
  }

  @Test
  void a_response_is_parsed_into_the_generated_models() throws IOException {
    with(
        Map.of(),
        builder -> {},
        client -> {
          FlightDetailQuery.Flight flight =
              data(query(client, new FlightDetailQuery(FLIGHT))).flight;
          assertThat(flight.id).isEqualTo(FLIGHT);
          assertThat(flight.number).isEqualTo("PQ 142");
          assertThat(flight.origin.city).isEqualTo("Dallas-Fort Worth");
          assertThat(flight.followed).isFalse();
        });
  }

  /** Without persisted queries, only the ids of manifests are answered. */
  @Test
  void the_ids_of_the_build_are_known_to_a_closed_server_without_a_release() throws IOException {
    with(
        Map.of("SAFELIST", "known-screens", "PERSISTED_QUERIES", "off"),
        ApolloKotlinIT::persisting,
        client -> {
          ApolloResponse<FlightDetailQuery.Data> detail =
              query(client, new FlightDetailQuery(FLIGHT));
          ApolloResponse<SearchAirportsQuery.Data> search =
              query(client, new SearchAirportsQuery("san fra"));

          assertThat(hit(detail)).isTrue();
          assertThat(data(detail).flight.number).isEqualTo("PQ 142");
          assertThat(hit(search)).isTrue();
          assertThat(data(search).searchAirports).isNotEmpty();
        });
  }

  @Test
  void another_persisted_query_is_registered_in_two_steps_and_then_sent_by_hash()
      throws IOException {
    with(
        Map.of(),
        ApolloKotlinIT::persisting,
        client -> {
          ApolloResponse<?> first = query(client, new AnyNodeQuery("Airport:SFO"));
          ApolloResponse<?> second = query(client, new AnyNodeQuery("Airport:AUS"));

          assertThat(hit(first)).isFalse();
          assertThat(data(first)).isNotNull();
          assertThat(hit(second)).isTrue();
          assertThat(data(second)).isNotNull();
        });
  }

  @Test
  void without_persisted_queries_the_client_throws_its_own_exception() throws IOException {
    with(
        Map.of("PERSISTED_QUERIES", "off"),
        ApolloKotlinIT::persisting,
        client -> {
          ApolloException exception = query(client, new AnyNodeQuery("Airport:SFO")).exception;
          assertThat(exception).isInstanceOf(AutoPersistedQueriesNotSupported.class);
        });
  }

  @Test
  void a_deferred_part_is_in_the_complete_response() throws IOException {
    with(
        Map.of(),
        builder -> {},
        client -> {
          ApolloResponse<DeferredFlightQuery.Data> response =
              query(client, new DeferredFlightQuery(FLIGHT));
          DeferredFlightQuery.Flight flight = data(response).flight;
          assertThat(response.isLast).isTrue();
          assertThat(flight.number).isEqualTo("PQ 142");
          assertThat(flight.onFlight.origin.city).isEqualTo("Dallas-Fort Worth");
        });
  }

  @Test
  void a_node_is_parsed_as_its_own_type() throws IOException {
    with(
        Map.of(),
        builder -> {},
        client -> {
          AnyNodeQuery.Node airport = data(query(client, new AnyNodeQuery("Airport:SFO"))).node;
          assertThat(airport.__typename).isEqualTo("Airport");
          assertThat(airport.onAirport.city).isEqualTo("San Francisco");
          assertThat(airport.onFlight).isNull();
        });
  }

  @Test
  void an_error_response_is_parsed_even_if_its_status_is_not_2xx() throws IOException {
    with(
        Map.of(),
        builder -> builder.addHttpHeader("authorization", "Bearer nonsense"),
        client -> {
          ApolloResponse<FlightDetailQuery.Data> response =
              query(client, new FlightDetailQuery(FLIGHT));
          assertThat(response.exception).isNull();
          assertThat(response.data).isNull();
          assertThat(Objects.requireNonNull(response.errors).getFirst().getExtensions())
              .containsEntry("code", "UNAUTHENTICATED");
        });
  }

  @Test
  void a_failed_field_is_null_with_an_error() throws IOException {
    with(
        Map.of(),
        builder -> {},
        client -> {
          ApolloResponse<FlightDetailQuery.Data> response =
              query(client, new FlightDetailQuery("Flight:none"));
          assertThat(response.exception).isNull();
          assertThat(Objects.requireNonNull(response.data).flight).isNull();
          assertThat(Objects.requireNonNull(response.errors).getFirst().getExtensions())
              .containsEntry("code", "NOT_FOUND");
        });
  }

  private static String requestId() {
    return UUID.randomUUID().toString();
  }

  @Test
  void a_signed_in_caller_can_send_a_mutation() throws IOException {
    String token = LayoverBench.shared().tokens().token("traveller-2");
    with(
        Map.of(),
        builder -> builder.addHttpHeader("authorization", "Bearer " + token),
        client -> {
          String flight = "Flight:RQ204-2026-01-19";
          assertThat(
                  data(mutate(client, new FollowFlightMutation(requestId(), flight)))
                      .followFlight
                      .follow
                      .flight
                      .followed)
              .isTrue();
          assertThat(
                  data(mutate(client, new UnfollowFlightMutation(requestId(), flight)))
                      .unfollowFlight
                      .flight
                      .followed)
              .isFalse();
        });
  }

  @Test
  void a_mutation_with_a_lost_response_is_retried_by_the_client_and_runs_once() throws IOException {
    String token = LayoverBench.shared().tokens().token("traveller-2");
    try (DevelopmentServer server = LayoverBench.shared().server(Map.of());
        LosingProxy proxy = new LosingProxy(server.port(), 2)) {
      ApolloClient client =
          new ApolloClient.Builder()
              .serverUrl("http://localhost:" + proxy.port() + "/graphql")
              .addHttpHeader("authorization", "Bearer " + token)
              .build();
      BookSeatMutation mutation =
          new BookSeatMutation(requestId(), "Flight:CQ150-2026-01-18", "9C");

      BookSeatMutation.Booking booked =
          data(answer(client.mutation(mutation).retryOnError(true))).bookSeat.booking;

      assertThat(proxy.lost()).isEqualTo(2);
      assertThat(proxy.requests()).isEqualTo(3);
      assertThat(booked.seat).isEqualTo("9C");
      assertThat(data(mutate(client, mutation)).bookSeat.booking.locator).isEqualTo(booked.locator);
      client.close();
    }
  }

  /** The code of {@code docs/clients.md}, in Java. */
  @Test
  void a_picture_is_uploaded_with_okhttp_and_confirmed() throws IOException {
    byte[] picture = "a picture from Kotlin".getBytes(StandardCharsets.UTF_8);
    String sha256 = Base64.getEncoder().encodeToString(Sha256.digest(picture));
    String token = LayoverBench.shared().tokens().token("traveller-2");
    try (LocalS3 uploads = new LocalS3(0, List.of(), TestBench.CLOCK);
        DevelopmentServer server = LayoverBench.shared().server(uploads)) {
      ApolloClient client =
          new ApolloClient.Builder()
              .serverUrl("http://localhost:" + server.port() + "/graphql")
              .addHttpHeader("authorization", "Bearer " + token)
              .build();
      CreatePictureUploadMutation.CreatePictureUpload upload =
          data(mutate(
                  client,
                  new CreatePictureUploadMutation(
                      requestId(), "image/png", picture.length, sha256)))
              .createPictureUpload;
      Request.Builder request =
          new Request.Builder().url(upload.url).method(upload.method, RequestBody.create(picture));
      upload.headers.forEach(header -> request.header(header.name, header.value));
      OkHttpClient okHttp = new OkHttpClient();
      try (Response sent = okHttp.newCall(request.build()).execute()) {
        assertThat(sent.code()).isEqualTo(200);
      }
      SetPictureMutation.Picture set =
          data(mutate(client, new SetPictureMutation(requestId(), upload.uploadId)))
              .setPicture
              .traveller
              .picture;

      assertThat(set.contentType).isEqualTo("image/png");
      try (Response read = okHttp.newCall(new Request.Builder().url(set.url).build()).execute()) {
        assertThat(read.body().bytes()).isEqualTo(picture);
      }
      client.close();
    }
  }

  @Test
  void queries_are_sent_as_one_batch_if_batching_is_configured() throws IOException {
    with(
        Map.of("BATCH_LIMIT", "10"),
        builder ->
            builder
                .httpBatching(500, 2, true)
                .addHttpHeader("apollographql-client-name", "batching-android"),
        client -> {
          CompletableFuture<SearchAirportsQuery.Data> other =
              CompletableFuture.supplyAsync(
                  () -> data(query(client, new SearchAirportsQuery("aus"))));
          assertThat(data(query(client, new SearchAirportsQuery("san fra"))).searchAirports)
              .isNotEmpty();
          assertThat(other.join().searchAirports).isNotEmpty();
        });
    assertThat(LayoverBench.shared().logged("batching-android"))
        .anyMatch(line -> line.contains("\"entry\":0"))
        .anyMatch(line -> line.contains("\"entry\":1"))
        .hasSize(2);
  }

  @Test
  void the_operation_output_has_the_ids_and_documents_of_the_models() throws IOException {
    JsonNode operations =
        new ObjectMapper().readTree(Path.of("target/clients/operation-output.json").toFile());

    assertThat(operations).hasSize(LayoverBench.shared().screens().size());
    JsonNode detail = operations.get(FlightDetailQuery.OPERATION_ID);
    assertThat(detail.get("name").asText()).isEqualTo("FlightDetail");
    assertThat(detail.get("source").asText()).isEqualTo(FlightDetailQuery.OPERATION_DOCUMENT);
  }
}
