package dev.screenful.screens;

import dev.screenful.execution.Answer;
import dev.screenful.execution.Execution;
import dev.screenful.execution.Prepared;
import dev.screenful.identity.Caller;

/** Finds the document that a request means and has it executed. */
public final class Screens {

  private final Execution execution;
  private final Documents documents;

  public Screens(Execution execution) {
    this.execution = execution;
    this.documents = new Documents(execution);
  }

  /** The answer to a request; it never throws for what a client sent. */
  public Answer answer(GraphqlRequest request, Caller caller, String requestId) {
    return switch (documents.of(request.query())) {
      case Prepared.Invalid invalid -> execution.refuse(invalid, requestId);
      case Prepared.Valid valid ->
          execution.run(valid, request.operationName(), request.variables(), caller, requestId);
    };
  }
}
