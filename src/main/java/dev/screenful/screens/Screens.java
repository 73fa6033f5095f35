package dev.screenful.screens;

import dev.screenful.execution.Answer;
import dev.screenful.execution.Execution;
import dev.screenful.execution.Prepared;
import dev.screenful.identity.Caller;
import dev.screenful.store.Cost;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import java.time.InstantSource;

/** Finds the document that a request means and has it executed. */
public final class Screens {

  private final Execution execution;
  private final Table table;
  private final Documents documents;

  /**
   * Answers by documents of an execution.
   *
   * @param table where documents are registered, the same for all environments
   * @param clock tells when a registration ends
   * @param log told when a document could not be registered
   */
  public Screens(Execution execution, Table table, InstantSource clock, Log log) {
    this.execution = execution;
    this.table = table;
    this.documents = new Documents(execution, clock, log);
  }

  /** The answer to a request. */
  public Answer answer(GraphqlRequest request, Caller caller, String requestId) {
    Cost cost = new Cost();
    Prepared prepared = documents.of(request, new Store(table, cost, false), requestId);
    return prepared instanceof Prepared.Valid valid
        ? execution.run(
            valid, request.operationName(), request.variables(), caller, requestId, cost)
        : execution.refuse(prepared, requestId, cost);
  }
}
