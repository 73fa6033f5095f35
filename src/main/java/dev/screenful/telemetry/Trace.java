package dev.screenful.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The spans of one sampled request. */
final class Trace {

  /**
   * Calls that are sent. The JSON of a trace has some 80 KB then, so that a socket to a collector
   * on the same machine buffers it, and writing it does not wait.
   */
  private static final int MAX_CALLS = 100;

  private final String id;
  private final Span.@Nullable Link link;
  private final long startNanos;
  private final long startUnixNanos;
  private final SecureRandom random = new SecureRandom();
  private final Queue<Span> ended = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * A trace without spans.
   *
   * @param id 32 hexadecimal digits
   * @param link another trace of the same request; null without one
   */
  Trace(String id, Span.@Nullable Link link, Instant now) {
    this.id = id;
    this.link = link;
    this.startNanos = System.nanoTime();
    this.startUnixNanos = now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  String id() {
    return id;
  }

  Span.@Nullable Link link() {
    return link;
  }

  String newSpanId() {
    return "%016x".formatted(random.nextLong());
  }

  /** The Unix time of a {@link System#nanoTime}. */
  String unixNanos(long nanoTime) {
    return Long.toString(startUnixNanos + nanoTime - startNanos);
  }

  /** Adds a span that has ended. Further calls than those that are sent are only counted. */
  void add(Span span) {
    if (span.kind() != Span.Kind.CLIENT || calls.incrementAndGet() <= MAX_CALLS) {
      ended.add(span);
    }
    if (span.kind() == Span.Kind.SERVER && calls.get() > MAX_CALLS) { // it ends last
      span.set("screenful.calls_dropped", calls.get() - MAX_CALLS);
    }
  }

  /**
   * Writes the trace as a request of OTLP in JSON.
   *
   * @param resource the attributes of the function
   * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">JSON Protobuf
   *     encoding</a>
   */
  void write(Map<String, String> resource, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("resourceSpans");
    json.writeStartObject();
    json.writeObjectFieldStart("resource");
    Span.writeAttributes(resource, json);
    json.writeEndObject();
    json.writeArrayFieldStart("scopeSpans");
    json.writeStartObject();
    json.writeObjectFieldStart("scope");
    json.writeStringField("name", "dev.screenful");
    json.writeEndObject();
    json.writeArrayFieldStart("spans");
    for (Span span : ended) {
      span.write(this, json);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
