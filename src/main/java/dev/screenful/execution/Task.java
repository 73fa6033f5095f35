package dev.screenful.execution;

/**
 * What is to be done about one request: an operation to execute, or nothing, since it has its
 * answer.
 */
public sealed interface Task permits Operation, Task.Answered {

  /** A request whose answer is known without executing anything. */
  record Answered(GraphqlResponse answer) implements Task {}
}
