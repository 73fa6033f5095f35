package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Cost;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Executes documents against the schema of some SDL files and the fields that resolver classes
 * registered.
 */
public final class Execution {

  /**
   * Longest document in characters. The limit is on characters since a single token can be
   * arbitrarily long.
   */
  private static final int MAX_CHARACTERS = 16 * 1024;

  private static final ParserOptions PARSING =
      ParserOptions.getDefaultOperationParserOptions()
          .transform(options -> options.maxCharacters(MAX_CHARACTERS));

  private final GraphQLSchema schema;
  private final GraphQL graphql;
  private final Table table;
  private final Errors errors;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Builds the schema and wires it.
   *
   * @param schemaFolder where the {@code *.graphqls} files are
   * @param resolvers what answers the fields
   * @param table what they read and write
   * @param cursorSecret signs cursors; the same in all environments of a deployment
   * @param log where failures go that clients must not see
   * @throws InvalidSchema listing everything that is wrong with the SDL or its wiring
   */
  public Execution(
      Path schemaFolder,
      Collection<? extends Resolvers> resolvers,
      Table table,
      String cursorSecret,
      Log log) {
    RegisteredFields registered = new RegisteredFields(resolvers);
    Fetchers fetchers = new Fetchers(registered, new Cursors(cursorSecret));
    this.table = table;
    this.schema = Wiring.wire(SchemaFiles.read(schemaFolder), registered, fetchers);
    this.errors = new Errors(log);
    this.graphql =
        GraphQL.newGraphQL(schema)
            .queryExecutionStrategy(new AsyncExecutionStrategy(errors))
            .mutationExecutionStrategy(new AsyncSerialExecutionStrategy(errors))
            .preparsedDocumentProvider(
                (input, parse) ->
                    CompletableFuture.completedFuture(
                        new PreparsedDocumentEntry(
                            Objects.requireNonNull(
                                input.getGraphQLContext().<Document>get(Document.class)))))
            .build();
  }

  /** Parses a text and validates it against the schema. */
  public Prepared prepare(String text) {
    ExecutionInput input =
        ExecutionInput.newExecutionInput(text)
            .graphQLContext(Map.of(ParserOptions.class, PARSING))
            .locale(Locale.ROOT)
            .build();
    try {
      ParseAndValidateResult result = ParseAndValidate.parseAndValidate(schema, input);
      List<GraphQLError> invalid = result.getErrors();
      Document document = result.getDocument();
      return document == null || !invalid.isEmpty()
          ? new Prepared.Invalid(invalid)
          : new Prepared.Valid(document);
    } catch (GoodFaithIntrospectionExceeded excessive) {
      return new Prepared.Invalid(List.of(excessive.toBadFaithError()));
    }
  }

  /** The answer to a document that can't be executed. */
  public Answer refuse(Prepared prepared, String requestId, Cost cost) {
    Answer.Outcome outcome =
        prepared instanceof Prepared.Unregistered
            ? Answer.Outcome.UNREGISTERED
            : Answer.Outcome.REFUSED;
    return new Answer(
        null, Map.of("errors", errors.wire(prepared.errors(), requestId)), outcome, cost);
  }

  /**
   * The operation that is meant, null where the document has none of that name, or several and no
   * name was given.
   */
  private static @Nullable OperationDefinition operation(Document document, @Nullable String name) {
    List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class);
    if (name == null) {
      return operations.size() == 1 ? operations.getFirst() : null;
    }
    return operations.stream()
        .filter(operation -> name.equals(operation.getName()))
        .findFirst()
        .orElse(null);
  }

  /** Executes an operation of a document and waits for it. */
  public Answer run(
      Prepared.Valid prepared,
      @Nullable String operationName,
      Map<String, @Nullable Object> variables,
      Caller caller,
      String requestId,
      Cost cost) {
    @Nullable OperationDefinition operation = operation(prepared.document(), operationName);
    boolean mutation =
        operation != null && operation.getOperation() == OperationDefinition.Operation.MUTATION;
    Store store = new Store(table, cost, mutation);
    RequestLoop loop = new RequestLoop(store, executor);
    ExecutionInput input =
        ExecutionInput.newExecutionInput("")
            .operationName(operationName)
            .variables(variables)
            .locale(Locale.ROOT)
            .graphQLContext(
                Map.of(
                    Document.class,
                    prepared.document(),
                    RequestContext.class,
                    new RequestContext(requestId, caller, store, loop)))
            .build();
    ExecutionResult result = loop.run(() -> graphql.executeAsync(input));
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    if (!result.getErrors().isEmpty()) {
      response.put("errors", errors.wire(result.getErrors(), requestId));
    }
    if (result.isDataPresent()) {
      response.put("data", result.getData());
    }
    return new Answer(
        operation == null ? null : operation.getName(),
        response,
        result.isDataPresent() ? Answer.Outcome.EXECUTED : Answer.Outcome.REFUSED,
        cost);
  }
}
