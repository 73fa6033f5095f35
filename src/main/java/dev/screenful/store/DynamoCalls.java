package dev.screenful.store;

import dev.screenful.dynamodb.Attempts;
import dev.screenful.dynamodb.CallTimedOut;
import dev.screenful.dynamodb.DynamoDbUnavailable;
import dev.screenful.dynamodb.Request;
import dev.screenful.telemetry.Span;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes calls to DynamoDB until a deadline. Each is a part of a span. */
final class DynamoCalls {

  private final Table table;
  private final Deadline deadline;
  private final Span span;

  DynamoCalls(Table table, Deadline deadline, Span span) {
    this.table = table;
    this.deadline = deadline;
    this.span = span;
  }

  /**
   * Makes a call.
   *
   * @throws DeadlineExceeded if the deadline passes before or during the call
   * @throws StoreUnavailable if DynamoDB throttles, fails or can't be reached
   */
  <R> R make(Request<R> request) {
    Duration remaining = deadline.remaining();
    if (!remaining.isPositive()) {
      throw new DeadlineExceeded();
    }
    return span.isSampled() ? traced(request, remaining) : call(request, remaining, null);
  }

  private <R> R call(Request<R> request, Duration remaining, @Nullable Attempts attempts) {
    try {
      return table.client().call(request, remaining, attempts);
    } catch (CallTimedOut late) {
      throw new DeadlineExceeded();
    } catch (DynamoDbUnavailable failed) {
      throw new StoreUnavailable(failed);
    }
  }

  private <R> R traced(Request<R> request, Duration remaining) {
    Span call = span.start("DynamoDB." + request.operation(), Span.Kind.CLIENT);
    Attempts attempts = new Attempts();
    try {
      return call(request, remaining, attempts);
    } catch (RuntimeException failed) {
      String code = attempts.errorCode();
      if (code != null) {
        call.set("db.response.status_code", code);
      }
      call.fail(code == null ? failed.getClass().getName() : code);
      throw failed;
    } finally {
      describe(call, request, attempts);
      call.end();
    }
  }

  /**
   * Sets the attributes of a call.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/semconv/db/dynamodb/">AWS DynamoDB client
   *     operations</a>
   */
  private void describe(Span call, Request<?> request, Attempts attempts) {
    URI server = table.client().address();
    call.set("rpc.system", "aws-api"); // this and the next one are what X-Ray shows
    call.set("rpc.service", "DynamoDB");
    call.set("rpc.method", request.operation());
    call.set("db.system.name", "aws.dynamodb");
    call.set("db.operation.name", request.operation());
    call.set("aws.dynamodb.table_names", List.of(table.name()));
    call.set("server.address", server.getHost());
    if (server.getPort() >= 0) {
      call.set("server.port", server.getPort());
    }
    String requestId = attempts.requestId();
    if (requestId != null) {
      call.set("aws.request_id", requestId);
    }
    if (attempts.count() > 1) {
      call.set("http.request.resend_count", attempts.count() - 1);
    }
  }
}
