package dev.screenful.execution;

import dev.screenful.document.ParsedDocument;
import dev.screenful.document.QueryLimits;
import dev.screenful.document.ValidDocument;
import dev.screenful.identity.Caller;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Cost;
import dev.screenful.store.Deadline;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.AsyncSerialExecutionStrategy;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.validation.GoodFaithIntrospectionExceeded;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Executes documents against the schema of some SDL files and the fields that resolver classes
 * registered.
 */
public final class Execution {

  private final GraphQLSchema schema;
  private final GraphQL graphql;
  private final Table table;
  private final Errors errors;
  private final Once once;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Builds the schema and wires it.
   *
   * @param schemaFolder where the {@code *.graphqls} files are
   * @param resolvers what answers the fields
   * @param table what they read and write
   * @param clock tells when what is kept for a time ends
   * @param log where failures go that clients must not see
   * @throws InvalidSchema listing everything that is wrong with the SDL or its wiring
   */
  public Execution(
      Path schemaFolder,
      Collection<? extends Resolvers> resolvers,
      Table table,
      ExecutionSettings settings,
      InstantSource clock,
      Log log) {
    RegisteredFields registered = new RegisteredFields(resolvers);
    SignedTokens texts = new SignedTokens(settings.cursorSecret());
    this.once = new Once(settings.onceKept(), clock, log);
    DataFetchers fetchers =
        new DataFetchers(
            registered,
            new Cursors(texts),
            new RateLimit(settings.writesPerMinute(), clock),
            once,
            new ChangesResolver(registered, new SyncTokens(texts), clock));
    this.schema = Wiring.wire(SchemaFiles.read(schemaFolder), registered, fetchers);
    this.table = table.fixing(registered.ownerAttributes());
    this.errors = new Errors(log);
    this.graphql =
        GraphQL.newGraphQL(schema)
            .queryExecutionStrategy(new AsyncExecutionStrategy(errors))
            .mutationExecutionStrategy(new AsyncSerialExecutionStrategy(errors))
            .instrumentation(new ComplexityLimit())
            .preparsedDocumentProvider((input, parse) ->
                CompletableFuture.completedFuture(
                    new PreparsedDocumentEntry(
                        Objects.requireNonNull(
                            input.getGraphQLContext().<Document>get(Document.class)))))
            .build();
  }

  /**
   * Parses a text.
   *
   * @throws DocumentRefused where it is not GraphQL or too long
   */
  public ParsedDocument parse(String text, String requestId) throws DocumentRefused {
    ExecutionInput input =
        ExecutionInput.newExecutionInput(text)
            .graphQLContext(Map.of(ParserOptions.class, QueryLimits.PARSING))
            .locale(Locale.ROOT)
            .build();
    try {
      ParseAndValidateResult result = ParseAndValidate.parse(input);
      Document document = result.getDocument();
      if (document == null) {
        throw refused(result.getErrors(), requestId);
      }
      return new ParsedDocument(document);
    } catch (GraphQLException unreadable) { // graphql-java has no words for some wrong escapes
      throw new DocumentRefused(
          GraphqlResponse.error(
              GraphqlResponse.Outcome.REFUSED,
              ErrorCode.GRAPHQL_PARSE_FAILED,
              "The document is not GraphQL.",
              requestId,
              new Cost()));
    }
  }

  /**
   * Holds a document against the schema.
   *
   * @throws DocumentRefused where it does not fit
   */
  public ValidDocument validate(ParsedDocument parsed, String requestId) throws DocumentRefused {
    Optional<String> exceeded = parsed.exceeded();
    if (exceeded.isPresent()) {
      throw new DocumentRefused(
          GraphqlResponse.error(
              GraphqlResponse.Outcome.REFUSED,
              ErrorCode.QUERY_TOO_COMPLEX,
              exceeded.get(),
              requestId,
              new Cost()));
    }
    List<? extends GraphQLError> invalid;
    try {
      invalid = ParseAndValidate.validate(schema, parsed.document(), Locale.ROOT);
    } catch (GoodFaithIntrospectionExceeded excessive) {
      invalid = List.of(excessive.toBadFaithError());
    }
    if (!invalid.isEmpty()) {
      throw refused(invalid, requestId);
    }
    return new ValidDocument(parsed.document(), false);
  }

  private DocumentRefused refused(List<? extends GraphQLError> invalid, String requestId) {
    return new DocumentRefused(
        new GraphqlResponse(
            null,
            Map.of("errors", errors.wire(invalid, requestId)),
            GraphqlResponse.Outcome.REFUSED,
            null,
            new Cost()));
  }

  /** An operation that was started, and its account. */
  private record Started(CompletableFuture<GraphqlResponse> answer, Cost cost) {}

  /**
   * Executes operations and waits for them: the queries together, so that they read together, and
   * beside them the mutations, one after the other in their order, each of which sees what it
   * wrote. One that fails does not touch the others.
   *
   * @param deadline when they have their answers, with errors for what is missing
   * @return one answer a task, in their order
   */
  public List<GraphqlResponse> run(List<Task> tasks, Caller caller, Deadline deadline, String requestId) {
    RequestLoop queries = new RequestLoop(new Store(table, deadline), executor);
    List<CompletableFuture<GraphqlResponse>> reading = new ArrayList<>();
    List<Started> all = new ArrayList<>();
    CompletableFuture<?> mutated = CompletableFuture.completedFuture(null);
    for (Task task : tasks) {
      switch (task) {
        case Task.Answered(GraphqlResponse answer) ->
            all.add(new Started(CompletableFuture.completedFuture(answer), answer.cost()));
        case Operation mutation when mutation.isMutation() -> {
          CompletableFuture<GraphqlResponse> answer =
              mutated.handleAsync(
                  (before, failed) -> mutate(mutation, caller, deadline, requestId), executor);
          mutated = answer;
          all.add(new Started(answer, mutation.cost()));
        }
        case Operation query -> {
          CompletableFuture<GraphqlResponse> answer = start(query, queries, caller, requestId);
          reading.add(answer);
          all.add(new Started(answer, query.cost()));
        }
      }
    }
    try {
      queries.run(() -> CompletableFuture.allOf(reading.toArray(CompletableFuture[]::new)));
    } catch (RuntimeException failed) { // of one of them, or of the loop; mutations go on
      reading.forEach(unfinished -> unfinished.completeExceptionally(failed));
    }
    return all.stream().map(started -> finished(started, requestId)).toList();
  }

  private GraphqlResponse finished(Started started, String requestId) {
    return started
        .answer()
        .exceptionally(thrown -> errors.failed(thrown, requestId, started.cost()))
        .join();
  }

  private GraphqlResponse mutate(Operation operation, Caller caller, Deadline deadline, String requestId) {
    RequestLoop loop = new RequestLoop(new Store(table, deadline).consistent(), executor);
    return loop.run(() -> start(operation, loop, caller, requestId));
  }

  private CompletableFuture<GraphqlResponse> start(
      Operation operation, RequestLoop loop, Caller caller, String requestId) {
    Optional<String> exceeded = QueryLimits.exceededIn(operation.variables());
    if (exceeded.isPresent()) {
      return CompletableFuture.completedFuture(
          GraphqlResponse.error(
              GraphqlResponse.Outcome.REFUSED,
              ErrorCode.BAD_USER_INPUT,
              exceeded.get(),
              requestId,
              operation.cost()));
    }
    RequestContext request =
        new RequestContext(
            requestId,
            caller,
            loop.store(operation.cost()),
            loop,
            new Once.Renderings(),
            new CacheHints());
    ExecutionInput input =
        ExecutionInput.newExecutionInput("")
            .operationName(operation.name())
            .variables(operation.variables())
            .locale(Locale.ROOT)
            .graphQLContext(context -> {
              context.put(Document.class, operation.document().document());
              context.put(RequestContext.class, request);
              if (operation.document().isKnown()) {
                context.put(ComplexityLimit.KNOWN, true);
              }
            })
            .build();
    return executed(input).thenApply(result -> answer(operation, result, request));
  }

  private CompletableFuture<ExecutionResult> executed(ExecutionInput input) {
    try {
      return graphql.executeAsync(input);
    } catch (Throwable thrown) { // a stack overflow too: other operations of a batch go on
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private GraphqlResponse answer(Operation operation, ExecutionResult result, RequestContext request) {
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    boolean flawless = result.getErrors().isEmpty();
    if (!flawless) {
      response.put("errors", errors.wire(result.getErrors(), request.requestId()));
    }
    if (result.isDataPresent()) {
      response.put("data", data(operation, result, request));
    }
    OperationDefinition definition = operation.definition();
    return new GraphqlResponse(
        definition == null ? null : definition.getName(),
        response,
        result.isDataPresent() ? GraphqlResponse.Outcome.EXECUTED : GraphqlResponse.Outcome.REFUSED,
        flawless && !operation.isMutation() ? request.cacheHints().strictest() : null,
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
