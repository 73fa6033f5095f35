package dev.screenful.screens;

import dev.screenful.execution.Answer;
import dev.screenful.execution.Execution;
import dev.screenful.execution.Operation;
import dev.screenful.execution.Prepared;
import dev.screenful.execution.Task;
import dev.screenful.identity.Caller;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import java.time.InstantSource;
import java.util.List;

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
  public List<Answer> answer(List<Request> requests, Caller caller, String requestId) {
    return execution.run(
        requests.stream().map(request -> task(request, requestId)).toList(), caller, requestId);
  }

  private Task task(Request request, String requestId) {
    Cost cost = new Cost();
    return switch (request) {
      case GraphqlRequest graphql -> task(graphql, cost, requestId);
      case Request.Malformed(String why) ->
          new Task.Answered(
              Answer.error(Answer.Outcome.REFUSED, ErrorCode.BAD_REQUEST, why, requestId, cost));
    };
  }

  private Task task(GraphqlRequest request, Cost cost, String requestId) {
    try {
      return switch (documents.of(request, new Store(table, cost, false), requestId)) {
        case Prepared.Valid valid ->
            new Operation(valid, request.operationName(), request.variables(), cost);
        case Prepared.Refused(Answer answer) -> new Task.Answered(answer);
      };
    } catch (Throwable failed) { // a stack overflow too: other requests of a batch go on
      log.failure(requestId, "finding a document", failed);
      return new Task.Answered(Answer.failed(requestId, cost));
    }
  }
}
