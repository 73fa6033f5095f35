package dev.screenful.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON values: objects as {@link Map}, arrays as {@link List}, strings, numbers
 * ({@link Integer}, {@link Long}, {@link BigInteger}, {@link BigDecimal}), booleans and null.
 */
public final class Json {

  /** The maximum nesting; the variables of screens are far below it. */
  private static final int MAX_DEPTH = 32;

  /** The maximum nesting of events: items of DynamoDB have 32 levels, each of two objects. */
  private static final int MAX_EVENT_DEPTH = 80;

  /** The maximum exponent; that of a double is 308. */
  private static final int MAX_SCALE = 400;

  /**
   * Duplicate names are errors, because parsers differ in the value that they choose. Buffers are
   * shared, because each virtual thread would start with new ones.
   */
  private static final JsonFactory FACTORY = factory(MAX_DEPTH);

  private static final JsonFactory OF_EVENTS = factory(MAX_EVENT_DEPTH);

  private static JsonFactory factory(int maxDepth) {
    return new JsonFactoryBuilder()
        .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(maxDepth).maxNumberLength(100).build())
        .build();
  }

  private Json() {}

  /**
   * Parses a JSON value.
   *
   * @throws LoneSurrogate if a string has half of a surrogate pair
   * @throws MalformedJson if the bytes are not exactly one JSON value in UTF-8, an object contains
   *     duplicate names, the value is nested deeper than 32, or a number has more than 100
   *     characters or an exponent beyond 400
   */
  public static @Nullable Object read(byte[] utf8) throws MalformedJson {
    return read(FACTORY, utf8);
  }

  /** Parses an event of AWS, which may be nested as deep as {@value #MAX_EVENT_DEPTH}. */
  public static @Nullable Object readEvent(byte[] utf8) throws MalformedJson {
    return read(OF_EVENTS, utf8);
  }

  private static @Nullable Object read(JsonFactory factory, byte[] utf8) throws MalformedJson {
    try {
      String text = decode(utf8);
      Object value = read(factory, text);
      if (text.contains("\\u")) { // only an escape can contain half of a pair
        checkPairs(value);
      }
      return value;
    } catch (IOException | NumberFormatException malformed) { // the latter for a large exponent
      throw new MalformedJson("The JSON is malformed.");
    }
  }

  private static @Nullable Object read(JsonFactory factory, String text)
      throws IOException, MalformedJson {
    try (JsonParser parser = factory.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new MalformedJson("The JSON has no value.");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new MalformedJson("The JSON has more than one value.");
      }
      return value;
    }
  }

  private static void checkPairs(@Nullable Object value) throws LoneSurrogate {
    switch (value) {
      case String text -> {
        if (text.codePoints().anyMatch(Json::isSurrogate)) {
          throw new LoneSurrogate();
        }
      }
      case Map<?, ?> object -> {
        for (Object entry : object.values()) { // the parser checks names itself
          checkPairs(entry);
        }
      }
      case List<?> array -> {
        for (Object entry : array) {
          checkPairs(entry);
        }
      }
      case null -> {}
      default -> {}
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Decodes UTF-8 strictly. Given bytes, the parser would also accept UTF-16 and UTF-32. */
  private static String decode(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  /** The value that starts at the current token. The parser stops at its last token. */
  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> decimal(parser.getDecimalValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** Refuses large exponents: {@code 1e999999999} has a billion digits when it is written out. */
  private static BigDecimal decimal(BigDecimal number) {
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      throw new NumberFormatException("The exponent is too large.");
    }
    return number;
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  /** Writes a value as JSON in UTF-8. */
  public static byte[] bytes(@Nullable Object value) {
    return bytes(generator -> write(generator, value));
  }

  /** Writes part after part of a JSON value. */
  @FunctionalInterface
  public interface Parts {
    void write(JsonGenerator generator) throws IOException;
  }

  /** Writes a JSON value in UTF-8, part after part. */
  public static byte[] bytes(Parts parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try {
      write(out, parts);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** Writes a JSON value in UTF-8 to a stream, part after part. The stream stays open. */
  public static void write(OutputStream out, Parts parts) throws IOException {
    try (JsonGenerator generator = FACTORY.createGenerator(out)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      parts.write(generator);
    }
  }

  /** Writes a value as JSON on one line. */
  public static String text(@Nullable Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  /** Writes a value as a part of JSON. */
  public static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(text);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case BigDecimal number -> generator.writeNumber(number);
      case BigInteger number -> generator.writeNumber(number);
      case Boolean flag -> generator.writeBoolean(flag);
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          generator.writeFieldName(String.valueOf(entry.getKey()));
          write(generator, entry.getValue());
        }
        generator.writeEndObject();
      }
      case Iterable<?> list -> {
        generator.writeStartArray();
        for (Object element : list) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      default -> generator.writeString(value.toString());
    }
  }
}
