package dev.screenful.execution;

import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import dev.screenful.store.DeadlineExceeded;
import dev.screenful.store.StoreUnavailable;
import dev.screenful.telemetry.Log;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import graphql.validation.ValidationError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Maps errors of graphql-java and of resolvers to the errors of the response: a message, a code and
 * the request id. {@link GraphqlResponse#error} is for requests that are not executed.
 */
final class Errors implements DataFetcherExceptionHandler {

  static final String MASK = "Internal error. Quote the request id when you report it.";

  /** The language of graphql-java's messages: the files in {@code i18n} that end in {@code _en}. */
  static final Locale LANGUAGE = Locale.ENGLISH;

  /** The most errors in a response; a document can cause any number of them. */
  private static final int MAX_ERRORS = 20;

  private final Log log;

  Errors(Log log) {
    this.log = log;
  }

  /** Maps an exception of a resolver: client errors go to the client, all others to the log. */
  @Override
  public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
      DataFetcherExceptionHandlerParameters parameters) {
    Throwable thrown = parameters.getException();
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    GraphqlErrorBuilder<?> error =
        GraphqlErrorBuilder.newError(parameters.getDataFetchingEnvironment());
    if (cause instanceof ClientError refusal) {
      Map<String, Object> extensions = new LinkedHashMap<>();
      extensions.put("code", refusal.code());
      extensions.putAll(refusal.details());
      error.message("%s", refusal.getMessage()).extensions(extensions);
    } else {
      ErrorCode code = code(cause);
      if (code != ErrorCode.DEADLINE_EXCEEDED) {
        String requestId =
            RequestContext.of(parameters.getDataFetchingEnvironment().getGraphQlContext())
                .requestId();
        log.failure(requestId, parameters.getPath().toString(), cause);
      }
      error.message(message(code)).extensions(Map.of("code", code.name()));
    }
    return CompletableFuture.completedFuture(
        DataFetcherExceptionHandlerResult.newResult(error.build()).build());
  }

  /** The code of a failure that is not a {@link ClientError}. */
  static ErrorCode code(Throwable failure) {
    return switch (failure) {
      case DeadlineExceeded late -> ErrorCode.DEADLINE_EXCEEDED;
      case StoreUnavailable unavailable -> ErrorCode.UNAVAILABLE;
      default -> ErrorCode.INTERNAL_SERVER_ERROR;
    };
  }

  /** The message of a failure that is not a {@link ClientError}. */
  static String message(ErrorCode code) {
    return switch (code) {
      case DEADLINE_EXCEEDED -> "The deadline passed before this was done. Retry.";
      case UNAVAILABLE -> "The service is temporarily unavailable. Retry later.";
      default -> MASK;
    };
  }

  /** The response to a failure outside of resolvers. */
  GraphqlResponse failed(Throwable thrown, String requestId, Cost cost) {
    log.failure(requestId, "operation", thrown);
    return GraphqlResponse.failed(thrown, requestId, cost);
  }

  /** Errors as the response lists them, at most {@link #MAX_ERRORS}. */
  List<Map<String, @Nullable Object>> toMaps(
      List<? extends GraphQLError> errors, String requestId) {
    return errors.stream().limit(MAX_ERRORS).map(error -> toMap(error, requestId)).toList();
  }

  private Map<String, @Nullable Object> toMap(GraphQLError error, String requestId) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(error.toSpecification());
    Map<String, Object> extensions = new LinkedHashMap<>();
    Object known = Objects.requireNonNullElse(error.getExtensions(), Map.of()).get("code");
    if (known == null) {
      ErrorCode code = code(error);
      extensions.put("code", code.name());
      if (code == ErrorCode.INTERNAL_SERVER_ERROR) { // a value that the SDL does not allow
        log.failure(
            requestId,
            String.valueOf(error.getPath()),
            new IllegalStateException(error.getMessage()));
        map.put("message", MASK);
      } else if (code == ErrorCode.BAD_USER_INPUT) {
        map.put("message", reworded(error.getMessage()));
      }
    } else {
      extensions.putAll(error.getExtensions());
      extensions.remove("classification");
    }
    extensions.put("requestId", requestId);
    map.put("extensions", extensions);
    return map;
  }

  /** A message about input that graphql-java has no resource bundle for, without words of Java. */
  static String reworded(@Nullable String message) {
    String text = String.valueOf(message).strip();
    int isNull = text.indexOf(" has coerced Null value for NonNull type");
    if (isNull >= 0) { // if it is the variable itself, graphql-java names it twice
      return text.substring(Math.max(0, text.lastIndexOf("Variable '")), isNull)
          + " must not be null.";
    }
    int noObject = text.indexOf("Expected type 'Map'");
    return noObject < 0 ? text : text.substring(0, noObject) + "Expected an object.";
  }

  private static ErrorCode code(GraphQLError error) {
    return switch (error) {
      case ValidationError invalid -> ErrorCode.GRAPHQL_VALIDATION_FAILED;
      case BadFaithIntrospectionError excessive -> ErrorCode.GRAPHQL_VALIDATION_FAILED;
      default ->
          switch (error.getErrorType()) {
            case ErrorType.InvalidSyntax -> ErrorCode.GRAPHQL_PARSE_FAILED;
            case ErrorType.ValidationError ->
                ErrorCode.BAD_USER_INPUT; // a variable that can't be coerced
            case ErrorType.OperationNotSupported -> ErrorCode.BAD_REQUEST;
            default -> ErrorCode.INTERNAL_SERVER_ERROR;
          };
    };
  }
}
