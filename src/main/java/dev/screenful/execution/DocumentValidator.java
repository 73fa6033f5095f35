package dev.screenful.execution;

import dev.screenful.document.ParsedDocument;
import dev.screenful.document.QueryLimits;
import dev.screenful.document.ValidDocument;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.schema.AppSchema;
import dev.screenful.store.Cost;
import dev.screenful.telemetry.Log;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.language.Document;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.validation.GoodFaithIntrospectionExceeded;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            .locale(Locale.ROOT)
            .build();
    try {
      ParseAndValidateResult result = ParseAndValidate.parse(input);
      Document document = result.getDocument();
      if (document == null) {
        throw refused(result.getErrors(), requestId);
      }
      return new ParsedDocument(document);
    } catch (GraphQLException unreadable) { // graphql-java throws it for some invalid escapes
      throw refused(
          ErrorCode.GRAPHQL_PARSE_FAILED, "The document is not valid GraphQL.", requestId);
    }
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
      invalid = ParseAndValidate.validate(schema, parsed.document(), Locale.ROOT);
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
