package dev.screenful.screens;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.execution.DocumentRefused;
import dev.screenful.execution.Execution;
import dev.screenful.execution.Operation;
import dev.screenful.execution.Task;
import dev.screenful.identity.Caller;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import dev.screenful.store.Deadline;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the documents that requests mean and has them executed. */
public final class Screens {

  /** What is to be done about a request, and which screen it is. */
  private record Planned(Task task, Optional<KnownScreen> screen, Map<String, Object> logged) {
    static Planned answered(GraphqlResponse answer) {
      return new Planned(new Task.Answered(answer), Optional.empty(), Map.of());
    }

    ScreenResponse opened(GraphqlResponse answer) {
      return new ScreenResponse(answer, screen, logged);
    }
  }

  private final Execution execution;
  private final DocumentLookup documents;
  private final Log log;

  /**
   * Answers by documents of an execution.
   *
   * @param table where documents are registered, the same for all environments
   * @param known what apps are known to send
   * @param settings which documents are taken
   * @param clock tells when a registration ends
   * @param log told when a document could not be registered
   */
  public Screens(
      Execution execution,
      Table table,
      KnownScreens known,
      DocumentSettings settings,
      InstantSource clock,
      Log log) {
    this.execution = execution;
    this.documents = new DocumentLookup(execution, table, known, settings, clock, log);
    this.log = log;
  }

  /** The answers to some requests of one caller, in their order. */
  public List<ScreenResponse> answer(
      List<Request> requests, Caller caller, Deadline deadline, String requestId) {
    List<Planned> planned =
        requests.stream().map(request -> plan(request, caller, deadline, requestId)).toList();
    List<GraphqlResponse> answers =
        execution.run(planned.stream().map(Planned::task).toList(), caller, deadline, requestId);
    List<ScreenResponse> opened = new ArrayList<>();
    for (int place = 0; place < answers.size(); place++) {
      opened.add(planned.get(place).opened(answers.get(place)));
    }
    return opened;
  }

  private Planned plan(Request request, Caller caller, Deadline deadline, String requestId) {
    Cost cost = new Cost();
    return switch (request) {
      case GraphqlRequest graphql -> plan(graphql, cost, caller, deadline, requestId);
      case Request.Malformed(String why) ->
          Planned.answered(
              GraphqlResponse.error(GraphqlResponse.Outcome.REFUSED, ErrorCode.BAD_REQUEST, why, requestId, cost));
    };
  }

  private Planned plan(
      GraphqlRequest request, Cost cost, Caller caller, Deadline deadline, String requestId) {
    try { // what finding the document costs is no screen's
      DocumentLookup.Admitted admitted = documents.of(request, caller, deadline, requestId);
      return new Planned(
          new Operation(admitted.document(), request.operationName(), request.variables(), cost),
          admitted.screen(),
          admitted.screen().map(screen -> logged(screen, request)).orElse(Map.of()));
    } catch (DocumentRefused refused) {
      return Planned.answered(refused.answer());
    } catch (Throwable failed) { // a stack overflow too: other requests of a batch go on
      log.failure(requestId, "finding a document", failed);
      return Planned.answered(GraphqlResponse.failed(failed, requestId, cost));
    }
  }

  private static Map<String, Object> logged(KnownScreen screen, GraphqlRequest request) {
    Map<String, Object> logged = new LinkedHashMap<>();
    for (String name : screen.logged()) {
      Object value = request.variables().get(name);
      if (value != null) {
        logged.put(name, value);
      }
    }
    return logged;
  }
}
