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
 * A handler that is built anew when a file of the schema folder has changed. Whether one has is
 * looked at with each request, so that nothing runs in between. When the new files can't be served,
 * the old ones go on being served and the problem can be asked for.
 */
final class ReloadingHandler implements RequestStreamHandler {

  private final Path folder;
  private final Supplier<RequestStreamHandler> build;
  private State state;

  /**
   * What is served, since which files, and what is wrong with them if they are not what is served.
   */
  private record State(
      RequestStreamHandler handler, List<String> files, Optional<String> problem) {}

  /**
   * Builds the first handler.
   *
   * @throws RuntimeException where even that can't be built
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

  /** Why the newest files are not served, if they aren't. */
  Optional<String> problem() {
    return current().problem();
  }

  private synchronized State current() {
    List<String> files = files();
    if (!files.equals(state.files())) {
      try {
        state = new State(build.get(), files, Optional.empty());
        System.out.println("The schema was reloaded.");
      } catch (RuntimeException unservable) {
        state = new State(state.handler(), files, Optional.ofNullable(unservable.getMessage()));
        System.out.println(
            "The schema as it was before goes on being served. " + unservable.getMessage());
      }
    }
    return state;
  }

  /** Each file with the time of its last change. */
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
      return file + "@gone"; // editors replace files
    }
  }
}
