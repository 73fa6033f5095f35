package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A handler that is rebuilt when a file in the schema folder changes. It checks the files on each
 * request, so nothing runs between requests. If the new files are invalid, it keeps the previous
 * handler and reports the error as {@link #problem}.
 */
final class ReloadingHandler implements RequestStreamHandler {

  private final Path folder;
  private final Supplier<RequestStreamHandler> build;
  private State state;

  /**
   * The current state.
   *
   * @param handler the handler of the last valid files
   * @param files the latest files with the times of their changes
   * @param problem the error in the latest files; empty if they are served
   */
  private record State(
      RequestStreamHandler handler, List<String> files, Optional<String> problem) {}

  /**
   * Builds the first handler.
   *
   * @throws RuntimeException if the handler can't be built
   */
  ReloadingHandler(Path folder, Supplier<RequestStreamHandler> build) {
    this.folder = folder;
    this.build = build;
    this.state = new State(build.get(), files(), Optional.empty());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    current().handler().handleRequest(event, response, context);
  }

  /** The error in the latest files; empty if they are served. */
  Optional<String> problem() {
    return current().problem();
  }

  private synchronized State current() {
    List<String> files = files();
    if (!files.equals(state.files())) {
      try {
        state = new State(build.get(), files, Optional.empty());
        System.out.println("The schema was reloaded.");
      } catch (RuntimeException invalid) {
        state = new State(state.handler(), files, Optional.ofNullable(invalid.getMessage()));
        System.out.println(
            "The schema has errors, so the previous version stays in use. " + invalid.getMessage());
      }
    }
    return state;
  }

  /** The files, each with the time of its last change. */
  private List<String> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().map(ReloadingHandler::stamp).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The schema folder can't be read.", unreadable);
    }
  }

  private static String stamp(Path file) {
    try {
      return file + "@" + Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return file + "@gone"; // some editors replace files when they save
    }
  }
}
