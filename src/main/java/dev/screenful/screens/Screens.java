package dev.screenful.screens;

import dev.screenful.execution.DocumentRefused;
import dev.screenful.execution.Execution;
import dev.screenful.execution.GraphqlResponse;
import dev.screenful.execution.LiveAnswer;
import dev.screenful.execution.Operation;
import dev.screenful.execution.Task;
import dev.screenful.identity.Caller;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import dev.screenful.store.Deadline;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves each request to a document and executes it. */
public final class Screens {

  /** The task of a request, its screen, and the variables to log. */
  private record Planned(Task task, Optional<KnownScreen> screen, Map<String, Object> logged) {
    static Planned answered(GraphqlResponse response) {
      return new Planned(new Task.Answered(response), Optional.empty(), Map.of());
    }

    ScreenResponse with(GraphqlResponse response) {
      return new ScreenResponse(response, screen, logged);
    }
  }

  private final DocumentLookup documents;
  private final Execution execution;
  private final Log log;

  /**
   * Answers requests.
   *
   * @param documents finds the documents
   * @param execution executes them
   * @param log receives failures of the lookup
   */
  public Screens(DocumentLookup documents, Execution execution, Log log) {
    this.documents = documents;
    this.execution = execution;
    this.log = log;
  }

  /**
   * The responses to the requests of one caller, in their order.
   *
   * @param span that of the HTTP request
   */
  public List<ScreenResponse> respond(
      List<Request> requests, Caller caller, Deadline deadline, String requestId, Span span) {
    List<Planned> planned =
        requests.stream().map(request -> plan(request, caller, deadline, requestId, span)).toList();
    List<GraphqlResponse> responses =
        execution.run(
            planned.stream().map(Planned::task).toList(), caller, deadline, requestId, span);
    List<ScreenResponse> screens = new ArrayList<>();
    for (int index = 0; index < responses.size(); index++) {
      screens.add(planned.get(index).with(responses.get(index)));
    }
    return screens;
  }

  /** Whether a request is a subscription that may run. */
  public boolean isSubscription(
      GraphqlRequest request, Caller caller, Deadline deadline, String requestId) {
    return plan(request, caller, deadline, requestId, Span.NONE).task()
            instanceof Operation operation
        && operation.isSubscription();
  }

  /** The answer to a subscription. Other operations are refused. */
  public LiveScreenAnswer answer(
      GraphqlRequest request, Caller caller, Deadline deadline, String requestId) {
    Planned planned = plan(request, caller, deadline, requestId, Span.NONE);
    LiveAnswer answer =
        switch (planned.task()) {
          case Operation operation when operation.isSubscription() ->
              execution.answer(operation, caller, deadline, requestId);
          case Operation operation ->
              LiveAnswer.of(
                  GraphqlResponse.error(
                      GraphqlResponse.Outcome.REFUSED,
                      ErrorCode.BAD_REQUEST,
                      "The operation is no subscription.",
                      requestId,
                      operation.cost()));
          case Task.Answered(GraphqlResponse refused) -> LiveAnswer.of(refused);
        };
    return new LiveScreenAnswer(planned.with(answer.response()), answer);
  }

  private Planned plan(
      Request request, Caller caller, Deadline deadline, String requestId, Span span) {
    Cost cost = new Cost(); // of the operation; the lookup of its document is not counted
    return switch (request) {
      case GraphqlRequest graphql -> plan(graphql, cost, caller, deadline, requestId, span);
      case Request.Malformed(String why) ->
          Planned.answered(
              GraphqlResponse.error(
                  GraphqlResponse.Outcome.REFUSED, ErrorCode.BAD_REQUEST, why, requestId, cost));
    };
  }

  private Planned plan(
      GraphqlRequest request,
      Cost cost,
      Caller caller,
      Deadline deadline,
      String requestId,
      Span span) {
    try {
      DocumentLookup.Admitted admitted = documents.find(request, caller, deadline, requestId, span);
      return new Planned(
          new Operation(admitted.document(), request.operationName(), request.variables(), cost),
          admitted.screen(),
          admitted.screen().map(screen -> logged(screen, request)).orElse(Map.of()));
    } catch (DocumentRefused refused) {
      return Planned.answered(refused.response());
    } catch (Throwable failed) { // even a stack overflow; other requests of the batch continue
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
