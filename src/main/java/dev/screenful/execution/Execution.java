package dev.screenful.execution;

import dev.screenful.crypto.SignedTokens;
import dev.screenful.document.QueryLimits;
import dev.screenful.identity.Caller;
import dev.screenful.json.Excerpt;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.schema.AppSchema;
import dev.screenful.store.Cost;
import dev.screenful.store.Deadline;
import dev.screenful.store.ReadSet;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Span;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Executes operations on an app's schema and table. */
public final class Execution {

  private final GraphQL graphql;
  private final Table table;
  private final Errors errors;
  private final Once once;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Connects a schema to a table.
   *
   * @param clock the time for everything that expires
   * @param log receives failures that clients must not see
   */
  public Execution(
      AppSchema schema, Table table, ExecutionSettings settings, InstantSource clock, Log log) {
    SignedTokens tokens = new SignedTokens(settings.cursorSecrets());
    this.table = table;
    this.errors = new Errors(log);
    this.once = new Once(settings.onceRetention(), clock, log);
    DataFetchers fetchers =
        new DataFetchers(
            schema,
            new Cursors(tokens),
            new RateLimit(settings.writesPerMinute(), clock),
            once,
            new ChangesResolver(schema, new SyncTokens(tokens), clock));
    this.graphql =
        GraphQL.newGraphQL(schema.executable(fetchers::of))
            .queryExecutionStrategy(new AsyncExecutionStrategy(errors))
            .mutationExecutionStrategy(new MutationStrategy(errors))
            .subscriptionExecutionStrategy(new AsyncExecutionStrategy(errors)) // answered once
            .preparsedDocumentProvider((input, parse) ->
                CompletableFuture.completedFuture(
                    new PreparsedDocumentEntry(
                        Objects.requireNonNull(
                            input.getGraphQLContext().<Document>get(Document.class)))))
            .build();
  }

  /** An operation that has started, and its cost. */
  private record Started(CompletableFuture<GraphqlResponse> response, Cost cost) {}

  /**
   * Executes operations and waits for them. Queries run together, so that they share batches of
   * reads. Mutations run beside them, one after another in their order, and each sees its own
   * writes. An operation that fails does not affect the others.
   *
   * @param deadline when responses are due; fields that are missing by then become errors
   * @param span that of the HTTP request
   * @return one response for each task, in their order
   */
  public List<GraphqlResponse> run(
      List<Task> tasks, Caller caller, Deadline deadline, String requestId, Span span) {
    RequestLoop queries = new RequestLoop(new Store(table, deadline), executor);
    List<CompletableFuture<GraphqlResponse>> reading = new ArrayList<>();
    List<Started> all = new ArrayList<>();
    CompletableFuture<?> mutated = CompletableFuture.completedFuture(null);
    ComplexityLimit complexity = new ComplexityLimit(graphql.getGraphQLSchema());
    for (Task task : tasks) {
      switch (checked(overHttp(task, requestId), complexity, requestId)) {
        case Task.Answered(GraphqlResponse response) ->
            all.add(new Started(CompletableFuture.completedFuture(response), response.cost()));
        case Operation mutation when mutation.isMutation() -> {
          CompletableFuture<GraphqlResponse> response =
              mutated.handleAsync(
                  (before, failed) -> mutate(mutation, caller, deadline, requestId, span),
                  executor);
          mutated = response;
          all.add(new Started(response, mutation.cost()));
        }
        case Operation query -> {
          CompletableFuture<GraphqlResponse> response =
              start(query, queries, caller, requestId, new CacheHints(), span);
          reading.add(response);
          all.add(new Started(response, query.cost()));
        }
      }
    }
    try {
      queries.run(() -> CompletableFuture.allOf(reading.toArray(CompletableFuture[]::new)));
    } catch (RuntimeException failed) { // a query or the loop failed; mutations continue
      reading.forEach(unfinished -> unfinished.completeExceptionally(failed));
    }
    return all.stream().map(started -> finished(started, requestId)).toList();
  }

  /**
   * Executes a subscription once, with strongly consistent reads, and waits for it.
   *
   * @param deadline when the answer is due; fields that are missing by then become errors
   */
  public LiveAnswer answer(
      Operation subscription, Caller caller, Deadline deadline, String requestId) {
    ComplexityLimit complexity = new ComplexityLimit(graphql.getGraphQLSchema());
    return switch (checked(subscription, complexity, requestId)) {
      case Task.Answered(GraphqlResponse refused) -> LiveAnswer.of(refused);
      case Operation operation -> {
        ReadSet reads = new ReadSet();
        RequestLoop loop =
            new RequestLoop(new Store(table, deadline).consistent().noting(reads), executor);
        CacheHints hints = new CacheHints();
        GraphqlResponse response;
        try {
          response = loop.run(() -> start(operation, loop, caller, requestId, hints, Span.NONE));
        } catch (RuntimeException failed) {
          response = errors.failed(failed, requestId, operation.cost());
        }
        yield new LiveAnswer(response, reads.dependencies(), hints.strictest().isPrivate());
      }
    };
  }

  private static Task overHttp(Task task, String requestId) {
    return task instanceof Operation operation && operation.isSubscription()
        ? refused(
            operation,
            ErrorCode.BAD_REQUEST,
            "A subscription can't be answered over HTTP. Open a WebSocket with the protocol graphql-transport-ws.",
            requestId)
        : task;
  }

  /** The task, or the response to an operation that can't run or exceeds a limit. */
  private static Task checked(Task task, ComplexityLimit complexity, String requestId) {
    if (!(task instanceof Operation operation)) {
      return task;
    }
    OperationDefinition definition = operation.definition();
    if (definition == null) {
      return refused(
          operation, ErrorCode.OPERATION_RESOLUTION_FAILURE, noOperation(operation), requestId);
    }
    Optional<String> input = QueryLimits.exceededBy(operation.variables());
    if (input.isPresent()) {
      return refused(operation, ErrorCode.BAD_USER_INPUT, input.get(), requestId);
    }
    Optional<String> condition = NullConditions.in(operation, definition);
    if (condition.isPresent()) {
      String message =
          "Variable '%s' must not be null, since @skip or @include uses it."
              .formatted(Excerpt.of(condition.get()));
      return refused(operation, ErrorCode.BAD_USER_INPUT, message, requestId);
    }
    return complexity
        .exceededBy(operation, definition)
        .<Task>map(why -> refused(operation, ErrorCode.QUERY_TOO_COMPLEX, why, requestId))
        .orElse(operation);
  }

  private static String noOperation(Operation operation) {
    String name = operation.name();
    return name == null
        ? "The document must have exactly one operation, unless 'operationName' is set."
        : "The document has no operation '%s'.".formatted(Excerpt.of(name));
  }

  private static Task refused(
      Operation operation, ErrorCode code, String message, String requestId) {
    return new Task.Answered(
        GraphqlResponse.error(
            GraphqlResponse.Outcome.REFUSED, code, message, requestId, operation.cost()));
  }

  private GraphqlResponse finished(Started started, String requestId) {
    return started
        .response()
        .exceptionally(thrown -> errors.failed(thrown, requestId, started.cost()))
        .join();
  }

  private GraphqlResponse mutate(
      Operation operation, Caller caller, Deadline deadline, String requestId, Span request) {
    RequestLoop loop = new RequestLoop(new Store(table, deadline).consistent(), executor);
    return loop.run(() -> start(operation, loop, caller, requestId, new CacheHints(), request));
  }

  private CompletableFuture<GraphqlResponse> start(
      Operation operation,
      RequestLoop loop,
      Caller caller,
      String requestId,
      CacheHints cacheHints,
      Span parent) {
    Span span = OperationSpan.start(parent, operation);
    RequestContext request =
        new RequestContext(
            requestId,
            caller,
            loop.store(operation.cost()).traced(span),
            loop,
            new Once.Responses(),
            cacheHints);
    ExecutionInput input =
        ExecutionInput.newExecutionInput("")
            .operationName(operation.name())
            .variables(operation.variables())
            .locale(Errors.LANGUAGE)
            .graphQLContext(context -> {
              context.put(Document.class, operation.document().document());
              context.put(RequestContext.class, request);
            })
            .build();
    CompletableFuture<GraphqlResponse> response =
        executed(input).thenApply(result -> response(operation, result, request));
    OperationSpan.endWith(response, span);
    return response;
  }

  private CompletableFuture<ExecutionResult> executed(ExecutionInput input) {
    try {
      return graphql.executeAsync(input);
    } catch (Throwable thrown) { // even a stack overflow; other operations of the batch continue
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private GraphqlResponse response(
      Operation operation, ExecutionResult result, RequestContext request) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    boolean hasErrors = !result.getErrors().isEmpty();
    if (hasErrors) {
      map.put("errors", errors.toMaps(result.getErrors(), request.requestId()));
    }
    if (result.isDataPresent()) {
      map.put("data", data(operation, result, request));
    }
    OperationDefinition definition = operation.definition();
    return new GraphqlResponse(
        definition == null ? null : definition.getName(),
        map,
        result.isDataPresent() ? GraphqlResponse.Outcome.EXECUTED : GraphqlResponse.Outcome.REFUSED,
        hasErrors || operation.isMutation() ? null : request.cacheHints().strictest(),
        operation.cost());
  }

  private @Nullable Map<String, @Nullable Object> data(
      Operation operation, ExecutionResult result, RequestContext request) {
    Map<String, @Nullable Object> data = result.getData();
    if (data == null || !operation.isMutation()) {
      return data;
    }
    List<String> failed =
        result.getErrors().stream()
            .map(GraphQLError::getPath)
            .filter(path -> path != null && !path.isEmpty())
            .map(path -> path.getFirst().toString())
            .toList();
    return once.settle(data, failed, request);
  }
}
