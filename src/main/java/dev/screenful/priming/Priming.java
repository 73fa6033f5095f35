package dev.screenful.priming;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * Opens the recorded screens with a handler that is built like the function's, so that the code of
 * the whole path is loaded and compiled: from the event over the signed requests to the response.
 * No table is read, nothing is written, and nothing is logged.
 */
public final class Priming implements AutoCloseable {

  private final Recording recording;
  private final RecordedTable table;
  private final PooledTransport transport;
  private final RecordedConnections clients = new RecordedConnections();
  private final RequestStreamHandler handler;

  /**
   * A priming with the recording of a schema folder.
   *
   * @param app creates the app for a time
   * @throws IOException if the folder has no valid recording
   */
  public Priming(Path schemaFolder, Function<Clock, App> app) throws IOException {
    this.recording = Recording.read(schemaFolder.resolve(Recording.FILE));
    Log silent =
        new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    this.table = new RecordedTable();
    this.transport = new PooledTransport(table.endpoint());
    this.handler =
        recording.handler(schemaFolder, app, table.endpoint(), transport, clients, silent);
  }

  /** The recording. */
  public Recording recording() {
    return recording;
  }

  /**
   * Opens all screens a number of times.
   *
   * @throws IllegalStateException if a screen makes a request that is not recorded
   */
  public void run(int rounds) throws IOException {
    for (int round = 0; round < rounds; round++) {
      for (Recording.Screen screen : recording.screens()) {
        open(screen);
      }
    }
  }

  /**
   * Opens a screen.
   *
   * @return the response as JSON for API Gateway; that of a live screen is the last message
   * @throws IllegalStateException if the screen makes a request that is not recorded
   */
  public byte[] open(Recording.Screen screen) throws IOException {
    table.start(screen);
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    for (String event : screen.events()) {
      response.reset();
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
          response,
          new PrimingContext());
    }
    if (table.missing() != null) {
      throw new IllegalStateException(
          "The screen %s makes a request that is not recorded: %s"
              .formatted(screen.name(), table.missing()));
    }
    List<byte[]> messages = clients.take();
    return messages.isEmpty() ? response.toByteArray() : messages.getLast();
  }

  /** Closes all connections, since a snapshot must not contain any. */
  @Override
  public void close() throws IOException {
    transport.disconnect();
    table.close();
  }
}
