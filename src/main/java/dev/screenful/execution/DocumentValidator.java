package dev.screenful.execution;

import dev.screenful.document.ParsedDocument;
import dev.screenful.document.QueryLimits;
import dev.screenful.document.ValidDocument;
import dev.screenful.json.Excerpt;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.schema.AppSchema;
import dev.screenful.store.Cost;
import dev.screenful.telemetry.Log;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.GraphqlErrorBuilder;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.parser.exceptions.ParseCancelledTooManyCharsException;
import graphql.schema.GraphQLSchema;
import graphql.validation.GoodFaithIntrospectionExceeded;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Parses documents, and validates them against the schema and the limits for unknown documents. */
public final class DocumentValidator {

  private final GraphQLSchema schema;
  private final Errors errors;

  /**
   * A validator for a schema.
   *
   * @param log receives failures that clients must not see
   */
  public DocumentValidator(AppSchema schema, Log log) {
    this.schema = schema.types();
    this.errors = new Errors(log);
  }

  /**
   * Parses a document.
   *
   * @throws DocumentRefused if it is not GraphQL, or too long
   */
  public ParsedDocument parse(String text, String requestId) throws DocumentRefused {
    ExecutionInput input =
        ExecutionInput.newExecutionInput(text)
            .graphQLContext(Map.of(ParserOptions.class, QueryLimits.PARSING))
            .locale(Errors.LANGUAGE)
            .build();
    try {
      ParseAndValidateResult result = ParseAndValidate.parse(input);
      Document document = result.getDocument();
      if (document == null) {
        throw refused(
            List.of(unreadable(Objects.requireNonNull(result.getSyntaxException()))), requestId);
      }
      return new ParsedDocument(document);
    } catch (GraphQLException unreadable) { // graphql-java throws it for some invalid escapes
      throw refused(
          ErrorCode.GRAPHQL_PARSE_FAILED, "The document is not valid GraphQL.", requestId);
    }
  }

  private static GraphQLError unreadable(InvalidSyntaxException wrong) {
    String message =
        switch (wrong) {
          case ParseCancelledException tooLarge ->
              "The document has more than %s.".formatted(QueryLimits.largest());
          case ParseCancelledTooDeepException tooDeep -> "The document is nested too deeply.";
          case ParseCancelledTooManyCharsException tooLong ->
              "The document has more than %s.".formatted(QueryLimits.largest());
          default ->
              wrong.getOffendingToken() == null
                  ? "The document is not valid GraphQL."
                  : "The document is not valid GraphQL at '%s'."
                      .formatted(Excerpt.of(wrong.getOffendingToken()));
        };
    return GraphqlErrorBuilder.newError()
        .message("%s", message)
        .location(wrong.getLocation())
        .errorType(ErrorType.InvalidSyntax)
        .build();
  }

  /**
   * Validates a document.
   *
   * @throws DocumentRefused if it exceeds a limit or is not valid for the schema
   */
  public ValidDocument validate(ParsedDocument parsed, String requestId) throws DocumentRefused {
    Optional<String> exceeded = parsed.exceededLimit();
    if (exceeded.isPresent()) {
      throw refused(ErrorCode.QUERY_TOO_COMPLEX, exceeded.get(), requestId);
    }
    List<? extends GraphQLError> invalid;
    try {
      invalid =
          ParseAndValidate.validate(schema, parsed.document(), Errors.LANGUAGE).stream()
              .map(error -> Suggestions.added(error, schema))
              .toList();
    } catch (GoodFaithIntrospectionExceeded excessive) {
      invalid = List.of(excessive.toBadFaithError());
    } catch (RuntimeException failed) { // graphql-java fails on some invalid documents
      throw refused(ErrorCode.GRAPHQL_VALIDATION_FAILED, "The document is not valid.", requestId);
    }
    if (!invalid.isEmpty()) {
      throw refused(invalid, requestId);
    }
    return new ValidDocument(parsed.document(), false);
  }

  private static DocumentRefused refused(ErrorCode code, String message, String requestId) {
    return new DocumentRefused(
        GraphqlResponse.error(
            GraphqlResponse.Outcome.REFUSED, code, message, requestId, new Cost()));
  }

  private DocumentRefused refused(List<? extends GraphQLError> invalid, String requestId) {
    return new DocumentRefused(
        new GraphqlResponse(
            null,
            Map.of("errors", errors.toMaps(invalid, requestId)),
            GraphqlResponse.Outcome.REFUSED,
            null,
            new Cost()));
  }
}
