package dev.layover.local;

import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Response;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.Transport;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Injects faults between a function and DynamoDB: calls are delayed, throttled, reset, answered
 * partially or with a conflict, or their responses are lost after the call was executed. The local
 * engine has none of these faults. A seed determines the faults of each call.
 */
public final class FaultInjector implements Transport {

  /** A fault of a call. */
  public enum Fault {
    /** The call takes 20 milliseconds longer. */
    DELAY,
    /** No response arrives for a minute. */
    HUNG,
    /** DynamoDB executes the call, but the response is lost. */
    LOST_ANSWER,
    /** The call does not reach DynamoDB. */
    RESET,
    /** DynamoDB throttles the call. */
    THROTTLED,
    /** DynamoDB cancels a transaction, or refuses a put, because of a conflict. */
    CONFLICT,
    /** DynamoDB cancels a transaction because an item is throttled. */
    THROTTLED_ITEM,
    /** DynamoDB returns all keys of a batch as unprocessed. */
    UNPROCESSED
  }

  private record Rule(Fault fault, double probability, String operation) {}

  private final Endpoint endpoint = new Endpoint(TestBench.engine(), "us-east-1");
  private final Transport network = new PooledTransport(endpoint);
  private final SplittableRandom random;
  private final List<Rule> rules = new ArrayList<>();
  private final AtomicInteger callsInProgress = new AtomicInteger();
  private final Map<Fault, AtomicInteger> injected = new ConcurrentHashMap<>();

  /** An injector without faults. */
  public FaultInjector(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Adds a fault.
   *
   * @param probability the share of calls with the fault, from 0 to 1
   * @param operation the operation of DynamoDB, such as {@code GetItem}, or an empty string for all
   */
  public FaultInjector with(Fault fault, double probability, String operation) {
    rules.add(new Rule(fault, probability, operation));
    return this;
  }

  /** A client with these faults. */
  public DynamoDb client() {
    return LocalDynamo.client(endpoint, this);
  }

  /** The number of calls with a fault. */
  public int injected(Fault fault) {
    return injected.getOrDefault(fault, new AtomicInteger()).get();
  }

  /** The number of calls with each fault, as a string for the report. */
  public String summary() {
    return injected.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private synchronized List<Fault> faults(String operation) {
    List<Fault> faults = new ArrayList<>();
    for (Rule rule : rules) {
      boolean happens = random.nextDouble() < rule.probability();
      if (happens && (rule.operation().isEmpty() || rule.operation().equals(operation))) {
        faults.add(rule.fault());
      }
    }
    return faults;
  }

  /** The number of calls in progress. */
  public int callsInProgress() {
    return callsInProgress.get();
  }

  @Override
  public Response post(Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    callsInProgress.incrementAndGet();
    try {
      return answer(headers, body, timeout);
    } finally {
      callsInProgress.decrementAndGet();
    }
  }

  private Response answer(Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    String target = headers.getOrDefault("x-amz-target", "");
    String operation = target.substring(target.indexOf('.') + 1);
    for (Fault fault : faults(operation)) {
      switch (fault) {
        case DELAY -> {
          count(fault);
          sleep(Duration.ofMillis(20));
        }
        case HUNG -> {
          count(fault);
          sleep(timeout);
          throw new SocketTimeoutException("Nothing came back.");
        }
        case LOST_ANSWER -> {
          count(fault);
          network.post(headers, body, timeout);
          throw new IOException("Connection reset after the request was sent.");
        }
        case RESET -> {
          count(fault);
          throw new IOException("Connection reset.");
        }
        case THROTTLED -> {
          count(fault);
          return answer(
              400,
              "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\",\"message\":\"The request rate is too high.\"}");
        }
        case CONFLICT -> {
          if (operation.equals("TransactWriteItems")) {
            count(fault);
            return answer(400, cancelled("TransactionConflict", body));
          } else if (operation.equals("PutItem")) {
            count(fault);
            return answer(
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionConflictException\",\"message\":\"Transaction is ongoing for the item\"}");
          }
        }
        case THROTTLED_ITEM -> {
          if (operation.equals("TransactWriteItems")) {
            count(fault);
            return answer(400, cancelled("ThrottlingError", body));
          }
        }
        case UNPROCESSED -> {
          if (operation.equals("BatchGetItem")) {
            count(fault);
            return answer(
                200,
                "{\"Responses\":{},\"UnprocessedKeys\":"
                    + Phone.JSON.readTree(body).get("RequestItems")
                    + "}");
          }
        }
      }
    }
    return network.post(headers, body, timeout);
  }

  private void count(Fault fault) {
    injected.computeIfAbsent(fault, unseen -> new AtomicInteger()).incrementAndGet();
  }

  private static String cancelled(String code, byte[] body) throws IOException {
    String reasons =
        StreamSupport.stream(Phone.JSON.readTree(body).get("TransactItems").spliterator(), false)
            .map(write -> "{\"Code\":\"%s\",\"Message\":\"Retry.\"}".formatted(code))
            .collect(Collectors.joining(","));
    return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\",\"Message\":\"Transaction cancelled\",\"CancellationReasons\":["
        + reasons
        + "]}";
  }

  private static Response answer(int status, String json) {
    return new Response(status, Map.of(), json.getBytes(StandardCharsets.UTF_8));
  }

  private static void sleep(Duration time) throws InterruptedIOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      throw new InterruptedIOException();
    }
  }
}
