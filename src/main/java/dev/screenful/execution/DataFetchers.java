package dev.screenful.execution;

import dev.screenful.execution.RegisteredFields.Changing;
import dev.screenful.execution.RegisteredFields.Existing;
import dev.screenful.execution.RegisteredFields.Loaded;
import dev.screenful.execution.RegisteredFields.Mutating;
import dev.screenful.execution.RegisteredFields.Registration;
import dev.screenful.execution.RegisteredFields.Resolved;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Page;
import dev.screenful.store.Projection;
import graphql.TypeResolutionEnvironment;
import graphql.execution.UnresolvedTypeException;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.TypeResolver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Registrations as graphql-java's data fetchers. */
final class DataFetchers {

  private final Projections projections;
  private final Cursors cursors;
  private final RateLimit rate;
  private final Once once;
  private final ChangesResolver changes;

  DataFetchers(
      RegisteredFields registered,
      Cursors cursors,
      RateLimit rate,
      Once once,
      ChangesResolver changes) {
    this.projections = new Projections(registered);
    this.cursors = cursors;
    this.rate = rate;
    this.once = once;
    this.changes = changes;
  }

  /**
   * What answers a field.
   *
   * @param happensOnce whether the field is a mutation that a request id makes unique
   */
  DataFetcher<?> of(Registration registration, boolean happensOnce) {
    return switch (registration) {
      case Resolved resolved -> resolve(call -> resolved.resolver().resolve(call));
      case Mutating mutating when happensOnce ->
          resolve(rate.limited(call -> once.run(mutating.mutation(), call)));
      case Mutating mutating ->
          resolve(rate.limited(call -> once.runEachTime(mutating.mutation(), call)));
      case Changing changing -> resolve(call -> changes.changes(call, changing.sync()));
      case Loaded loaded ->
          environment ->
              load(environment, loaded.key().apply(call(environment)), projections.of(environment));
      case Existing existing ->
          environment ->
              load(environment, existing.key().apply(call(environment)), Projection.of())
                  .thenApply(Optional::isPresent);
    };
  }

  /** Asks what was registered which type an item of an interface or union is. */
  static TypeResolver type(Function<Item, String> type) {
    return environment -> {
      if (!(environment.getObject() instanceof Item item)) {
        throw unresolved("a resolver returned something else than an Item", environment);
      }
      try {
        return environment.getSchema().getObjectType(type.apply(item));
      } catch (RuntimeException thrown) {
        throw unresolved(thrown.toString(), environment);
      }
    };
  }

  /** The one exception that graphql-java takes for an error of the field, not of the operation. */
  private static UnresolvedTypeException unresolved(
      String why, TypeResolutionEnvironment environment) {
    return new UnresolvedTypeException(
        why, GraphQLTypeUtil.unwrapAllAs(environment.getFieldType()));
  }

  /** Checks a rule before anything is fetched. */
  static DataFetcher<?> guarded(AccessRule rule, DataFetcher<?> fetcher) {
    if (rule instanceof AccessRule.Anyone) {
      return fetcher;
    }
    return environment -> {
      rule.check(RequestContext.of(environment.getGraphQlContext()).caller());
      return fetcher.get(environment);
    };
  }

  /** Notes what a field says of caching when it is fetched; what is skipped says nothing. */
  static DataFetcher<?> hinting(CacheHint hint, DataFetcher<?> fetcher) {
    if (hint.saysNothing()) {
      return fetcher;
    }
    return environment -> {
      RequestContext.of(environment.getGraphQlContext()).cacheHints().add(hint);
      return fetcher.get(environment);
    };
  }

  private DataFetcher<?> resolve(Function<FieldCall, @Nullable Object> resolver) {
    return environment -> {
      FieldCall call = call(environment);
      return loop(environment).resolve(() -> connected(resolver.apply(call), call));
    };
  }

  private static @Nullable Object connected(@Nullable Object value, FieldCall call) {
    return value instanceof Page page ? new Connection(page, call::cursor) : value;
  }

  private static CompletableFuture<Optional<Item>> load(
      DataFetchingEnvironment environment, @Nullable Key key, Projection projection) {
    return key == null
        ? CompletableFuture.completedFuture(Optional.empty())
        : loop(environment)
            .load(
                RequestContext.of(environment.getGraphQlContext()).store().cost(),
                FieldCall.path(environment),
                key,
                projection,
                FieldCall.isConsistent(environment));
  }

  private static RequestLoop loop(DataFetchingEnvironment environment) {
    return RequestContext.of(environment.getGraphQlContext()).loop();
  }

  private FieldCall call(DataFetchingEnvironment environment) {
    return new FieldCall(environment, projections, cursors);
  }

  /**
   * What answers a field that nothing is registered for: the part of its source that bears its
   * name.
   */
  static @Nullable Object attribute(DataFetchingEnvironment environment) {
    String field = environment.getField().getName();
    Object source = environment.getSource();
    return switch (source) {
      case Item item -> item.get(field);
      case Map<?, ?> map -> map.get(field);
      case Connection connection -> connection.get(field);
      case Connection.Edge edge -> Connection.get(edge, field);
      case Connection.PageInfo info -> Connection.get(info, field);
      case null -> null;
      default ->
          throw new IllegalStateException(
              "A resolver returned a %s; return an Item, a Page, a Map, a list of those or a plain value."
                  .formatted(source.getClass().getSimpleName()));
    };
  }
}
