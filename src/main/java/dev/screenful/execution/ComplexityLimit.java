package dev.screenful.execution;

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
 * How much an operation of a stranger may ask for, before it is executed: its fields, those in
 * lists as often as the lists may have entries.
 */
final class ComplexityLimit extends MaxQueryComplexityInstrumentation {

  /** Marks operations of known documents, which have budgets instead. */
  static final String KNOWN = "known document";

  /** A page of 50 with 19 fields each, or two lists of 20 with 24. */
  private static final int MOST = 1000;

  /** Entries of a list that does not say how many it has. */
  private static final int ENTRIES = 10;

  /** Beyond this nobody counts. */
  private static final long BEYOND = 1_000_000;

  ComplexityLimit() {
    super(MOST, ComplexityLimit::cost);
  }

  private static int cost(FieldComplexityEnvironment field, int children) {
    if (field.getField().getName().startsWith("__")) {
      return 1; // introspection, of which graphql-java has limits of its own
    }
    return (int) Math.min(BEYOND, Math.max(least(field), 1 + size(field) * children));
  }

  /** What {@code @cost} says of a field that reads much more than it answers. */
  private static int least(FieldComplexityEnvironment field) {
    GraphQLAppliedDirective cost = field.getFieldDefinition().getAppliedDirective("cost");
    return cost == null ? 1 : Objects.requireNonNull(cost.getArgument("least")).<Integer>getValue();
  }

  /** How often what is selected of a field may be there. */
  private static long size(FieldComplexityEnvironment field) {
    if (hasFirst(field)) {
      long most =
          Connection.isConnection(GraphQLTypeUtil.unwrapAll(type(field)).getName())
              ? FieldCall.MAX_PAGE // more is refused
              : BEYOND;
      return field.getArguments().get("first") instanceof Number first
          ? Math.clamp(first.longValue(), 1, most)
          : FieldCall.DEFAULT_PAGE;
    }
    boolean isPage = field.getParentEnvironment() != null && hasFirst(field.getParentEnvironment());
    return !isPage && GraphQLTypeUtil.unwrapNonNull(type(field)) instanceof GraphQLList
        ? ENTRIES
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
  protected AbortExecutionException mkAbortException(int cost, int most) {
    return new AbortExecutionException(
        "The operation asks for %s; %d fields are the most, those of lists as often as the lists have entries."
            .formatted(cost >= BEYOND ? "far too much" : cost, most));
  }
}
