package dev.screenful.telemetry;

import dev.screenful.connection.ConnectionPool;
import dev.screenful.connection.Response;
import dev.screenful.json.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends traces to a collector by OTLP over HTTP, in JSON. After a failure it sends none for a
 * while, so that requests wait for a collector that is down only now and then.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
final class TraceExport {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final ConnectionPool connections;
  private final String requestLine;
  private final Map<String, String> headers;
  private final Map<String, String> resource;
  private final Duration timeout;
  private final InstantSource clock;
  private final Log log;
  private final AtomicInteger lost = new AtomicInteger();
  private volatile Instant pausedUntil = Instant.MIN;

  /** An export to the collector of the settings. Nothing is connected yet. */
  TraceExport(TracingSettings settings, InstantSource clock, Log log) {
    URI uri = settings.traces();
    this.connections = new ConnectionPool(uri);
    this.requestLine = "POST " + uri.getRawPath();
    this.headers = Map.of("host", uri.getRawAuthority(), "content-type", "application/json");
    this.resource = settings.resource();
    this.timeout = settings.timeout();
    this.clock = clock;
    this.log = log;
  }

  void send(Trace trace, String requestId, Duration remaining) {
    if (clock.instant().isBefore(pausedUntil)) {
      lost.incrementAndGet();
      return;
    }
    try {
      byte[] body = Json.bytes(json -> trace.write(resource, json));
      Duration limit = remaining.compareTo(timeout) < 0 ? remaining : timeout;
      Response response = connections.exchange(requestLine, headers, body, limit);
      if (response.status() / 100 != 2) {
        throw new IOException("The collector returned status " + response.status() + ".");
      }
    } catch (IOException | RuntimeException failed) {
      pausedUntil = clock.instant().plus(PAUSE);
      log.warning(
          "tracesLost",
          Map.of(
              "requestId",
              requestId,
              "failure",
              failed.toString(),
              "traces",
              lost.getAndSet(0) + 1));
    }
  }
}
