package dev.screenful.execution;

import graphql.execution.AsyncSerialExecutionStrategy;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FieldValueInfo;
import graphql.execution.FieldValueInfo.CompleteValueType;

/**
 * Executes the mutations of an operation one after another. Nothing is fetched below a recorded
 * outcome, which is complete.
 */
final class MutationStrategy extends AsyncSerialExecutionStrategy {

  MutationStrategy(Errors errors) {
    super(errors);
  }

  /** Only for fields of {@code Mutation}: those below are executed by the strategy of queries. */
  @Override
  protected FieldValueInfo completeValue(
      ExecutionContext context, ExecutionStrategyParameters parameters) {
    return parameters.getSource() instanceof Once.Recorded(Object json)
        ? new FieldValueInfo(CompleteValueType.OBJECT, json)
        : super.completeValue(context, parameters);
  }
}
