package dev.screenful.screens;

import dev.screenful.execution.Answer;
import dev.screenful.execution.Execution;
import dev.screenful.execution.Operation;
import dev.screenful.execution.Prepared;
import dev.screenful.identity.Caller;
import dev.screenful.store.Cost;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the documents that requests mean and has them executed. */
public final class Screens {

  private final Execution execution;
  private final Table table;
  private final Documents documents;
  private final Log log;

  /**
   * Answers by documents of an execution.
   *
   * @param table where documents are registered, the same for all environments
   * @param persistedQueries whether documents can be registered
   * @param clock tells when a registration ends
   * @param log told when a document could not be registered
   */
  public Screens(
      Execution execution, Table table, boolean persistedQueries, InstantSource clock, Log log) {
    this.execution = execution;
    this.table = table;
    this.documents = new Documents(execution, persistedQueries, clock, log);
    this.log = log;
  }

  /** The answers to some requests of one caller, in their order. */
  public List<Answer> answer(List<GraphqlRequest> requests, Caller caller, String requestId) {
    List<Operation> operations = new ArrayList<>();
    List<@Nullable Answer> refusals = new ArrayList<>(); // null where there is an operation
    for (GraphqlRequest request : requests) {
      Cost cost = new Cost();
      switch (prepared(request, cost, requestId)) {
        case Prepared.Valid valid -> {
          operations.add(new Operation(valid, request.operationName(), request.variables(), cost));
          refusals.add(null);
        }
        case Prepared.Refused refused -> refusals.add(refused.answer().at(cost));
      }
    }
    Iterator<Answer> executed = execution.run(operations, caller, requestId).iterator();
    return refusals.stream()
        .map(refusal -> Objects.requireNonNullElseGet(refusal, executed::next))
        .toList();
  }

  private Prepared prepared(GraphqlRequest request, Cost cost, String requestId) {
    try {
      return documents.of(request, new Store(table, cost, false), requestId);
    } catch (RuntimeException failed) {
      log.failure(requestId, "finding a document", failed);
      return new Prepared.Refused(Answer.failed(requestId));
    }
  }
}
