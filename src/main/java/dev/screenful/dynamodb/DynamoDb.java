package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.screenful.aws.CredentialsSource;
import dev.screenful.aws.Endpoint;
import dev.screenful.aws.Signer;
import dev.screenful.connection.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A client of DynamoDB. It signs each request, retries transient failures with backoff and jitter,
 * and ends each call by its deadline. Calls block; run them on virtual threads. Thread-safe.
 */
public final class DynamoDb {

  /** An attempt is repeated after this time; DynamoDB usually answers in a few milliseconds. */
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

  /** The time for all attempts of a call, well below the 30 seconds of API Gateway. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  private static final int MAX_ATTEMPTS = 4;

  /** Milliseconds of the longest pause before the second attempt; doubles with each attempt. */
  private static final int INITIAL_PAUSE = 25;

  /** Milliseconds of the longest pause. */
  private static final int MAX_PAUSE = 1000;

  /** Codes of errors that a later attempt may avoid, beside the statuses 500, 502, 503 and 504. */
  private static final Set<String> TRANSIENT =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ThrottlingException",
          "Throttling",
          "ThrottledException",
          "RequestThrottledException",
          "RequestThrottled",
          "TooManyRequestsException",
          "RequestLimitExceeded",
          "BandwidthLimitExceeded",
          "LimitExceededException",
          "SlowDown",
          "PriorRequestNotComplete",
          "EC2ThrottledException",
          "TransactionInProgressException",
          "RequestTimeout",
          "RequestTimeoutException",
          "InternalServerError");

  /** Buffers are shared, because each virtual thread would start with new ones. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();

  private final Signer signer;
  private final CredentialsSource credentials;
  private final Transport transport;
  private final InstantSource clock;
  private final Endpoint endpoint;
  private final RetryQuota quota = new RetryQuota();

  /**
   * A client.
   *
   * @param endpoint the address of DynamoDB, and the region to sign for
   * @param transport sends the requests
   * @param clock the time for signatures
   */
  public DynamoDb(
      Endpoint endpoint, CredentialsSource credentials, Transport transport, InstantSource clock) {
    this.endpoint = endpoint;
    this.signer = new Signer(endpoint.region(), "dynamodb");
    this.credentials = credentials;
    this.transport = transport;
    this.clock = clock;
  }

  /**
   * The client of a Lambda function. Nothing is connected yet.
   *
   * @param environment the environment variables, see {@link Endpoint#of} and {@link
   *     CredentialsSource#of}
   * @param clock the time for signatures
   */
  public static DynamoDb of(Map<String, String> environment, InstantSource clock) {
    Endpoint endpoint = Endpoint.of("dynamodb", environment);
    return new DynamoDb(
        endpoint, CredentialsSource.of(environment, clock), new PooledTransport(endpoint), clock);
  }

  /**
   * Connects without a request, and disconnects again, so that the code of a TLS handshake is
   * loaded.
   *
   * @throws IOException if there is no connection in time
   */
  public void tryConnection() throws IOException {
    transport.tryConnection(ATTEMPT_TIMEOUT);
  }

  /** Drops connections and cached credentials, which do not outlive a snapshot. */
  public void reset() {
    transport.disconnect();
    credentials.forget();
  }

  /** The address of DynamoDB. */
  public URI address() {
    return endpoint.uri();
  }

  /** Makes a call without a trace, see {@link #call(Request, Duration, Attempts)}. */
  public <R> R call(Request<R> request, Duration remaining) {
    return call(request, remaining, null);
  }

  /**
   * Makes a call.
   *
   * @param remaining the time until the caller's deadline; the call ends earlier if it exceeds its
   *     own timeout of 8 seconds
   * @param attempts notes the attempts for a trace; null without one
   * @throws ConditionFailed if the condition of a {@link PutItem} does not hold
   * @throws TransactionCancelled if DynamoDB cancels a transaction
   * @throws DynamoDbException if DynamoDB refuses the request
   * @throws CallTimedOut if the caller's deadline ends the call
   * @throws DynamoDbUnavailable if DynamoDB throttles, fails or does not respond
   */
  public <R> R call(Request<R> request, Duration remaining, @Nullable Attempts attempts) {
    boolean isLimited = remaining.compareTo(CALL_TIMEOUT) < 0;
    long deadline = System.nanoTime() + shorter(remaining, CALL_TIMEOUT).toNanos();
    byte[] body = body(request);
    int acquired = 0;
    for (int attempt = 1; ; attempt++) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      RuntimeException failure;
      try {
        R response = attempt(request, body, shorter(left, ATTEMPT_TIMEOUT), attempts);
        quota.release(acquired);
        return response;
      } catch (SocketTimeoutException late) {
        if (isLimited && left.compareTo(ATTEMPT_TIMEOUT) < 0) {
          throw new CallTimedOut(late);
        }
        failure = new DynamoDbUnavailable(late);
      } catch (IOException failed) {
        failure = new DynamoDbUnavailable(failed);
      } catch (DynamoDbUnavailable failed) {
        failure = failed;
      }
      acquired = attempt == MAX_ATTEMPTS ? 0 : quota.acquire();
      if (acquired == 0) {
        throw failure;
      }
      if (!pause(attempt, deadline)) {
        throw isLimited ? new CallTimedOut(failure) : failure;
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static byte[] body(Request<?> request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      request.write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private <R> R attempt(
      Request<R> request, byte[] body, Duration timeout, @Nullable Attempts attempts)
      throws IOException {
    if (attempts != null) {
      attempts.start();
    }
    Map<String, String> headers =
        Map.of(
            "host",
            endpoint.host(),
            "content-type",
            "application/x-amz-json-1.0",
            "x-amz-target",
            request.api() + "." + request.operation());
    Response response =
        transport.post(
            signer.sign(headers, body, credentials.get(), clock.instant()), body, timeout);
    if (attempts != null) {
      attempts.answered(response.header("x-amzn-requestid"));
    }
    checkCrc(response);
    if (response.status() != 200) {
      throw failure(response, attempts);
    }
    try (JsonParser json = JSON.createParser(response.body())) {
      json.nextToken();
      return request.read(json);
    } catch (JsonProcessingException malformed) {
      throw new IOException("The response is not valid JSON.", malformed);
    }
  }

  /** DynamoDB sends the CRC-32 of the body, because TCP's checksum is weak. */
  private static void checkCrc(Response response) throws IOException {
    String expected = response.header("x-amz-crc32");
    if (expected != null) {
      CRC32 crc = new CRC32();
      crc.update(response.body());
      if (!expected.equals(Long.toString(crc.getValue()))) {
        throw new IOException("The response has a wrong checksum.");
      }
    }
  }

  private static RuntimeException failure(Response response, @Nullable Attempts attempts) {
    ErrorResponse error;
    try (JsonParser json = JSON.createParser(response.body())) {
      json.nextToken();
      error = ErrorResponse.read(json);
    } catch (IOException notJson) { // from a proxy or a load balancer
      error = ErrorResponse.unknown(response.status());
    }
    if (attempts != null) {
      attempts.refused(error.code());
    }
    int status = response.status();
    boolean isTransient =
        status == 500
            || status == 502
            || status == 503
            || status == 504
            || TRANSIENT.contains(error.code());
    return isTransient
        ? new DynamoDbUnavailable(error.code() + ": " + error.message())
        : error.exception();
  }

  /**
   * Pauses with full jitter; returns false if the deadline would pass meanwhile. The generator is a
   * secure one, since a snapshot would copy the state of others: all instances would pause alike.
   */
  private static boolean pause(int attempt, long deadline) {
    int longest = Math.min(MAX_PAUSE, INITIAL_PAUSE << (attempt - 1));
    Duration pause = Duration.ofMillis(new SecureRandom().nextInt(longest + 1));
    if (System.nanoTime() + pause.toNanos() >= deadline) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
