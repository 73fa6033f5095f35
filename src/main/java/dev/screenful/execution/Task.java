package dev.screenful.execution;

/** The work for one request of a batch: an operation to execute, or a response that is ready. */
public sealed interface Task permits Operation, Task.Answered {

  /** A request whose response is known without executing anything. */
  record Answered(GraphqlResponse response) implements Task {}
}
