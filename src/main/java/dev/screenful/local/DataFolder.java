package dev.screenful.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which the local DynamoDB engine keeps its data. It is locked while an engine uses
 * it, and remembers the version of that engine.
 */
final class DataFolder implements AutoCloseable {

  /** The file in which Amazon's DynamoDB Local keeps its data. */
  private static final String AMAZONS = "shared-local-instance.db";

  /** Bytes of free space below which the disk counts as full. */
  private static final long FULL = 4 << 20;

  private final Path folder;
  private final FileChannel version;

  private DataFolder(Path folder, FileChannel version) {
    this.folder = folder;
    this.version = version;
  }

  /**
   * Opens a folder, which is created if it is missing.
   *
   * @throws IllegalStateException if the folder can't be used, with what to do; nothing in it is
   *     changed
   */
  static DataFolder open(Path folder) {
    if (Files.exists(folder.resolve(AMAZONS))) {
      throw unusable(
          folder, "has data of Amazon's DynamoDB Local, which is not used any more", null);
    }
    try {
      Files.createDirectories(folder);
      FileChannel version =
          FileChannel.open(
              folder.resolve("dynoxide.version"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE);
      return locked(new DataFolder(folder, version));
    } catch (IOException failed) {
      throw unusable(folder, "can't be written (%s)".formatted(failed), failed);
    }
  }

  private static DataFolder locked(DataFolder data) throws IOException {
    boolean isOpen = false;
    try {
      if (!data.lock()) {
        throw unusable(data.folder, "is used by another server", null);
      }
      String filledBy = data.filledBy();
      if (!isReadable(filledBy, Dynoxide.VERSION)) {
        throw unusable(
            data.folder,
            "has data of another version of the local DynamoDB engine: %s, this one is %s"
                .formatted(filledBy, Dynoxide.VERSION),
            null);
      }
      isOpen = true;
      return data;
    } finally {
      if (!isOpen) {
        data.close();
      }
    }
  }

  private static IllegalStateException unusable(
      Path folder, String why, @Nullable Throwable cause) {
    return new IllegalStateException(
        "The folder %s %s. Choose another one: -Ddata=FOLDER".formatted(folder, why), cause);
  }

  /**
   * Whether a version of Dynoxide reads what another one has written: it upgrades older data.
   *
   * @param writer empty if nothing was written yet
   */
  static boolean isReadable(String writer, String reader) {
    try {
      return writer.isEmpty() || Arrays.compare(numbers(writer), numbers(reader)) <= 0;
    } catch (NumberFormatException unknown) {
      return false;
    }
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private boolean lock() throws IOException {
    try {
      return version.tryLock() != null;
    } catch (OverlappingFileLockException lockedByThisProcess) {
      return false;
    }
  }

  private String filledBy() throws IOException {
    return new String(Channels.newInputStream(version).readAllBytes(), StandardCharsets.UTF_8)
        .strip();
  }

  /** The engine's file. */
  Path file() {
    return folder.resolve("dynoxide.db");
  }

  /** Remembers that this version has written here; later versions can read its data. */
  void remember() {
    try {
      byte[] text = Dynoxide.VERSION.getBytes(StandardCharsets.UTF_8);
      version.write(ByteBuffer.wrap(text), 0); // before it is cut: a full disk must not lose it
      version.truncate(text.length);
    } catch (IOException failed) {
      if (isFull()) {
        throw new IllegalStateException(fullDisk(), failed);
      }
      throw unusable(folder, "can't be written (%s)".formatted(failed), failed);
    }
  }

  /** Whether there is too little space left on the disk to go on. */
  boolean isFull() {
    return folder.toFile().getUsableSpace() < FULL;
  }

  /** The message for a full disk. */
  String fullDisk() {
    return "The disk of the folder %s is full. Free some space, or choose another folder: -Ddata=FOLDER"
        .formatted(folder);
  }

  @Override
  public void close() {
    try {
      version.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
