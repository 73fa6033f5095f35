package dev.layover.local;

import dev.screenful.local.LocalDynamo;
import dev.screenful.priming.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The schema folder with a recording of all screens, like that in the package of the function. */
public final class RecordedScreens {

  private static final Path FOLDER = recorded();

  private RecordedScreens() {}

  /** The schema folder. */
  public static Path folder() {
    return FOLDER;
  }

  /** Records all screens on an engine of its own. */
  public static Recording record() throws IOException {
    try (LocalDynamo engine = LocalDynamo.start(null)) {
      return LayoverRecording.record(Path.of("schema"), engine.endpoint());
    }
  }

  private static Path recorded() {
    try {
      Path folder = Files.createTempDirectory("recorded").resolve("schema");
      copy(Path.of("schema"), folder);
      record().write(folder.resolve(Recording.FILE));
      return folder;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
