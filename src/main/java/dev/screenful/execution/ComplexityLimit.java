package dev.screenful.execution;

import dev.screenful.schema.ConnectionTypes;
import graphql.ExecutionResult;
import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Objects;

/**
 * Limits the complexity of operations of unknown documents before they run. The complexity is the
 * number of fields; fields of a list count once for each entry that the list may have.
 */
final class ComplexityLimit extends MaxQueryComplexityInstrumentation {

  /** Marks operations of known documents, which have budgets instead. */
  static final String KNOWN = "known document";

  /** For example a page of 50 with 19 fields each, or two lists of 20 with 24. */
  private static final int MAX_COMPLEXITY = 1000;

  /** The assumed length of a list without an argument {@code first}. */
  private static final int LIST_LENGTH = 10;

  /** Counting stops here, so that products do not overflow. */
  private static final long CEILING = 1_000_000;

  ComplexityLimit() {
    super(MAX_COMPLEXITY, ComplexityLimit::complexity);
  }

  private static int complexity(FieldComplexityEnvironment field, int children) {
    if (field.getField().getName().startsWith("__")) {
      return 1; // graphql-java limits introspection itself
    }
    return (int) Math.min(CEILING, Math.max(least(field), 1 + size(field) * children));
  }

  /** The minimum that {@code @cost} sets for a field that reads much more than it returns. */
  private static int least(FieldComplexityEnvironment field) {
    GraphQLAppliedDirective cost = field.getFieldDefinition().getAppliedDirective("cost");
    return cost == null ? 1 : Objects.requireNonNull(cost.getArgument("least")).<Integer>getValue();
  }

  /** How often the selection of a field may be repeated. */
  private static long size(FieldComplexityEnvironment field) {
    if (hasFirst(field)) {
      long max =
          ConnectionTypes.isConnection(GraphQLTypeUtil.unwrapAll(type(field)).getName())
              ? FieldCall.MAX_PAGE // a larger page is refused
              : CEILING;
      return field.getArguments().get("first") instanceof Number first
          ? Math.clamp(first.longValue(), 1, max)
          : FieldCall.DEFAULT_PAGE;
    }
    boolean isPage = field.getParentEnvironment() != null && hasFirst(field.getParentEnvironment());
    return !isPage && GraphQLTypeUtil.unwrapNonNull(type(field)) instanceof GraphQLList
        ? LIST_LENGTH
        : 1;
  }

  private static boolean hasFirst(FieldComplexityEnvironment field) {
    return field.getFieldDefinition().getArgument("first") != null;
  }

  private static GraphQLType type(FieldComplexityEnvironment field) {
    return field.getFieldDefinition().getType();
  }

  @Override
  public InstrumentationContext<ExecutionResult> beginExecuteOperation(
      InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
    return parameters.getExecutionContext().getGraphQLContext().hasKey(KNOWN)
        ? SimpleInstrumentationContext.noOp()
        : super.beginExecuteOperation(parameters, state);
  }

  @Override
  protected AbortExecutionException mkAbortException(int complexity, int max) {
    return new AbortExecutionException(
        "The operation's complexity is %s; the limit is %d fields, counting those of a list once for each entry."
            .formatted(complexity >= CEILING ? "over " + CEILING : complexity, max));
  }
}
