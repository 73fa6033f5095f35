package dev.screenful.execution;

import dev.screenful.resolver.BatchLoader;
import dev.screenful.resolver.Call;
import dev.screenful.schema.AccessRule;
import dev.screenful.schema.AppSchema;
import dev.screenful.schema.CacheHint;
import dev.screenful.schema.OnceRule;
import dev.screenful.schema.OwnerRule;
import dev.screenful.schema.Projections;
import dev.screenful.schema.Registration;
import dev.screenful.schema.SchemaField;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Page;
import dev.screenful.store.Projection;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLOutputType;
import graphql.schema.LightDataFetcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a graphql-java data fetcher for each field. A fetcher adds the field's cache hint, checks
 * its access rule, fetches the value and removes objects of other owners, in this order.
 */
final class DataFetchers {

  private static final DataFetcher<?> ATTRIBUTE = new Attribute();

  private final Projections projections;
  private final OwnerRule owners;
  private final Cursors cursors;
  private final RateLimit rate;
  private final Once once;
  private final ChangesResolver changes;

  DataFetchers(
      AppSchema schema, Cursors cursors, RateLimit rate, Once once, ChangesResolver changes) {
    this.projections = schema.projections();
    this.owners = schema.owners();
    this.cursors = cursors;
    this.rate = rate;
    this.once = once;
    this.changes = changes;
  }

  /** The data fetcher of a field. */
  DataFetcher<?> of(SchemaField field) {
    Registration registration = field.registration();
    DataFetcher<?> fetcher =
        registration == null
            ? ATTRIBUTE
            : registered(registration, field.once() instanceof OnceRule.Once);
    return hinting(
        field.cacheHint(), guarded(field.access(), owned(field.definition().getType(), fetcher)));
  }

  private DataFetcher<?> registered(Registration registration, boolean isOnce) {
    return switch (registration) {
      case Registration.ByResolver(var resolver, var needs) -> resolve(resolver::resolve);
      case Registration.ByMutation(var mutation, var needs) when isOnce ->
          resolve(rate.limited(call -> once.run(mutation, call)));
      case Registration.ByMutation(var mutation, var needs) ->
          resolve(rate.limited(call -> once.runEachTime(mutation, call)));
      case Registration.BySync(var source, var needs) ->
          resolve(call -> changes.changes(call, source));
      case Registration.ByKey(var key, var needs) ->
          environment -> load(environment, key, projections.of(environment));
      case Registration.ByKeys(var keys, var needs) ->
          environment -> loadAll(environment, keys, projections.of(environment));
      case Registration.ByExistence(var key, var needs) ->
          environment -> load(environment, key, Projection.of()).thenApply(Optional::isPresent);
      case Registration.ByBatch(var key, var loader, var needs) ->
          environment -> load(environment, key, loader);
    };
  }

  private static DataFetcher<?> guarded(AccessRule rule, DataFetcher<?> fetcher) {
    if (rule instanceof AccessRule.Anyone) {
      return fetcher;
    }
    return environment -> {
      rule.check(request(environment).caller());
      return fetcher.get(environment);
    };
  }

  /** A field that is skipped adds no hint. */
  private static DataFetcher<?> hinting(CacheHint hint, DataFetcher<?> fetcher) {
    if (hint.isEmpty()) {
      return fetcher;
    }
    return environment -> {
      request(environment).cacheHints().add(hint);
      return fetcher.get(environment);
    };
  }

  private DataFetcher<?> owned(GraphQLOutputType type, DataFetcher<?> fetcher) {
    if (!owners.appliesTo(type)) {
      return fetcher;
    }
    return environment -> {
      Function<@Nullable Object, @Nullable Object> visible =
          value ->
              value instanceof Once.Recorded // for this caller
                  ? value
                  : owners.visible(value, type, request(environment)::callerOfValue);
      Object value = fetcher.get(environment);
      return value instanceof CompletionStage<?> later
          ? later.thenApply(visible)
          : visible.apply(value);
    };
  }

  private DataFetcher<?> resolve(Function<FieldCall, @Nullable Object> resolver) {
    return environment -> {
      FieldCall call = call(environment);
      GraphQLOutputType type = environment.getFieldType();
      return request(environment)
          .loop()
          .resolve(() -> FieldValue.of(type, connected(resolver.apply(call), call)));
    };
  }

  private static @Nullable Object connected(@Nullable Object value, FieldCall call) {
    return value instanceof Page page ? new Connection(page, call::cursor) : value;
  }

  private CompletableFuture<Optional<Item>> load(
      DataFetchingEnvironment environment,
      Function<Call, @Nullable Key> keyOf,
      Projection projection) {
    Key key = keyOf.apply(call(environment));
    return key == null
        ? CompletableFuture.completedFuture(Optional.empty())
        : load(environment, key, projection);
  }

  private CompletableFuture<List<Item>> loadAll(
      DataFetchingEnvironment environment,
      Function<Call, List<Key>> keysOf,
      Projection projection) {
    List<CompletableFuture<Optional<Item>>> items = new ArrayList<>();
    for (Key key : keysOf.apply(call(environment))) {
      items.add(load(environment, key, projection));
    }
    return CompletableFuture.allOf(items.toArray(CompletableFuture[]::new))
        .thenApply(all -> items.stream().flatMap(item -> item.join().stream()).toList());
  }

  private static CompletableFuture<Optional<Item>> load(
      DataFetchingEnvironment environment, Key key, Projection projection) {
    RequestContext request = request(environment);
    return request
        .loop()
        .load(
            request.store(),
            FieldCall.path(environment),
            key,
            projection,
            FieldCall.isConsistent(environment));
  }

  private CompletableFuture<@Nullable Object> load(
      DataFetchingEnvironment environment,
      Function<Call, ? extends @Nullable Object> keyOf,
      BatchLoader<Object> loader) {
    Object key = keyOf.apply(call(environment));
    RequestContext request = request(environment);
    GraphQLOutputType type = environment.getFieldType();
    return key == null
        ? CompletableFuture.completedFuture(null)
        : request
            .loop()
            .load(request.store().cost(), FieldCall.path(environment), loader, key)
            .thenApply(value -> FieldValue.of(type, value));
  }

  private FieldCall call(DataFetchingEnvironment environment) {
    return new FieldCall(environment, projections, cursors);
  }

  private static RequestContext request(DataFetchingEnvironment environment) {
    return RequestContext.of(environment.getGraphQlContext());
  }

  /**
   * The value of a field without a registration: the part of its parent with the same name.
   * graphql-java makes no environment for it.
   */
  private static final class Attribute implements LightDataFetcher<@Nullable Object> {

    @Override
    public @Nullable Object get(
        GraphQLFieldDefinition field,
        @Nullable Object source,
        Supplier<DataFetchingEnvironment> environment) {
      return FieldValue.of(field.getType(), get(field.getName(), source));
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
      return FieldValue.of(
          environment.getFieldType(),
          get(environment.getField().getName(), environment.getSource()));
    }

    private static @Nullable Object get(String field, @Nullable Object source) {
      return switch (source) {
        case Item item -> item.known(field);
        case Connection connection -> connection.get(field);
        case Connection.Edge edge -> Connection.get(edge, field);
        case Connection.PageInfo info -> Connection.get(info, field);
        case null -> null;
        default ->
            throw new IllegalStateException(
                "A resolver returned a %s; return an Item, a Page, a Map, a list of these, or a scalar value."
                    .formatted(source.getClass().getSimpleName()));
      };
    }
  }
}
