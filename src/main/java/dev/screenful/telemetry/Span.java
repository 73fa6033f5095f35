package dev.screenful.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A timed part of a request, with the names of OpenTelemetry's semantic conventions. One thread at
 * a time may use it. Attributes must not contain variables, tokens or keys of items.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/">Semantic conventions</a>
 */
public final class Span {

  /** The side of a call that a span is; the numbers are those of OTLP. */
  public enum Kind {
    INTERNAL(1),
    SERVER(2),
    CLIENT(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** A link to a span of another trace. */
  record Link(String traceId, String spanId) {

    private void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("traceId", traceId);
      json.writeStringField("spanId", spanId);
      json.writeEndObject();
    }
  }

  /** The span of a request that is not sampled, and of all its parts. It reads no time. */
  public static final Span NONE = new Span();

  /** OTLP's number of the status of a failed span. */
  private static final int ERROR = 2;

  private final @Nullable Trace trace;
  private final String id;
  private final @Nullable String parent;
  private final Kind kind;
  private final long start;
  private final Map<String, Object> attributes;
  private String name;
  private boolean isFailed;
  private long end;

  private Span() {
    this.trace = null;
    this.id = "";
    this.parent = null;
    this.kind = Kind.INTERNAL;
    this.start = 0;
    this.attributes = Map.of();
    this.name = "";
  }

  Span(Trace trace, @Nullable String parent, String name, Kind kind) {
    this.trace = trace;
    this.id = trace.newSpanId();
    this.parent = parent;
    this.kind = kind;
    this.start = System.nanoTime();
    this.attributes = new LinkedHashMap<>();
    this.name = name;
  }

  /** Returns true if this span is recorded; otherwise its methods have no effect. */
  public boolean isSampled() {
    return trace != null;
  }

  /** Starts a part of this span. */
  public Span start(String partName, Kind partKind) {
    return trace == null ? NONE : new Span(trace, id, partName, partKind);
  }

  /** Sets the name. */
  public void name(String other) {
    if (trace != null) {
      name = other;
    }
  }

  /** Sets an attribute: a string, a boolean, a whole number or a list of strings. */
  public void set(String attribute, Object value) {
    if (trace != null) {
      attributes.put(attribute, value);
    }
  }

  /**
   * Marks the span as failed.
   *
   * @param type one of few values, such as a code or the name of an exception; never a message
   */
  public void fail(String type) {
    set("error.type", type);
    isFailed = trace != null;
  }

  /** Ends the span; it does not change afterwards. */
  public void end() {
    if (trace != null) {
      end = System.nanoTime();
      trace.add(this);
    }
  }

  @Nullable Trace trace() {
    return trace;
  }

  Kind kind() {
    return kind;
  }

  void write(Trace of, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", of.id());
    json.writeStringField("spanId", id);
    if (parent != null) {
      json.writeStringField("parentSpanId", parent);
    }
    json.writeStringField("name", name);
    json.writeNumberField("kind", kind.number);
    json.writeStringField("startTimeUnixNano", of.unixNanos(start));
    json.writeStringField("endTimeUnixNano", of.unixNanos(end));
    writeAttributes(attributes, json);
    Link link = of.link();
    if (link != null && kind == Kind.SERVER) {
      json.writeArrayFieldStart("links");
      link.write(json);
      json.writeEndArray();
    }
    if (isFailed) {
      json.writeObjectFieldStart("status");
      json.writeNumberField("code", ERROR);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Writes the field {@code attributes} of a JSON object. */
  static void writeAttributes(Map<String, ?> attributes, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("attributes");
    for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
      json.writeStartObject();
      json.writeStringField("key", attribute.getKey());
      json.writeFieldName("value");
      writeValue(attribute.getValue(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeValue(Object value, JsonGenerator json) throws IOException {
    json.writeStartObject();
    switch (value) {
      case Boolean flag -> json.writeBooleanField("boolValue", flag);
      case Integer number -> json.writeStringField("intValue", number.toString()); // as int64 is
      case List<?> list -> {
        json.writeObjectFieldStart("arrayValue");
        json.writeArrayFieldStart("values");
        for (Object element : list) {
          writeValue(element, json);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      default -> json.writeStringField("stringValue", value.toString());
    }
    json.writeEndObject();
  }
}
