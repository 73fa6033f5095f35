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
 * The data folder of the local DynamoDB engine. It is locked while an engine uses it. A file in it
 * records the version of the engine.
 */
final class DataFolder implements AutoCloseable {

  /** The data file of Amazon's DynamoDB Local. */
  private static final String DYNAMODB_LOCAL_FILE = "shared-local-instance.db";

  /** The disk counts as full if less space is free. */
  private static final long MIN_FREE_BYTES = 4 << 20;

  private final Path folder;
  private final FileChannel versionFile;

  private DataFolder(Path folder, FileChannel versionFile) {
    this.folder = folder;
    this.versionFile = versionFile;
  }

  /**
   * Opens and locks a folder, or creates it if it is missing.
   *
   * @throws IllegalStateException if the folder can't be used; nothing in it is changed, and the
   *     message says how to continue
   */
  static DataFolder open(Path folder) {
    if (Files.exists(folder.resolve(DYNAMODB_LOCAL_FILE))) {
      throw unusable(
          folder,
          "contains data of Amazon's DynamoDB Local, which the local engine can't read",
          null);
    }
    try {
      Files.createDirectories(folder);
      FileChannel versionFile =
          FileChannel.open(
              folder.resolve("dynoxide.version"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE);
      return locked(new DataFolder(folder, versionFile));
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
      String writer = data.writer();
      if (!isReadable(writer, Dynoxide.VERSION)) {
        throw unusable(
            data.folder,
            "contains data of version %s of the local DynamoDB engine, which version %s can't read"
                .formatted(writer, Dynoxide.VERSION),
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
      Path folder, String reason, @Nullable Throwable cause) {
    return new IllegalStateException(
        "The folder %s %s. Choose another folder: -Ddata=FOLDER".formatted(folder, reason), cause);
  }

  /**
   * Whether a version of Dynoxide can read data that a version wrote: it reads its own data, and
   * upgrades older data.
   *
   * @param writer the version that wrote the data; empty if there is no data yet
   * @param reader the version that is to read the data
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
      return versionFile.tryLock() != null;
    } catch (OverlappingFileLockException lockedByThisProcess) {
      return false;
    }
  }

  private String writer() throws IOException {
    return new String(Channels.newInputStream(versionFile).readAllBytes(), StandardCharsets.UTF_8)
        .strip();
  }

  /** The engine's data file. */
  Path file() {
    return folder.resolve("dynoxide.db");
  }

  /** Records the current version as the writer of the data. */
  void recordVersion() {
    try {
      byte[] text = Dynoxide.VERSION.getBytes(StandardCharsets.UTF_8);
      versionFile.write(ByteBuffer.wrap(text), 0); // first: a full disk must not lose the version
      versionFile.truncate(text.length);
    } catch (IOException failed) {
      if (isDiskFull()) {
        throw new IllegalStateException(diskFullMessage(), failed);
      }
      throw unusable(folder, "can't be written (%s)".formatted(failed), failed);
    }
  }

  /** Whether less than 4 MiB of the disk are free. */
  boolean isDiskFull() {
    return folder.toFile().getUsableSpace() < MIN_FREE_BYTES;
  }

  /** The error message for a full disk. */
  String diskFullMessage() {
    return "The disk of the folder %s is full. Free some space, or choose another folder: -Ddata=FOLDER"
        .formatted(folder);
  }

  @Override
  public void close() {
    try {
      versionFile.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
