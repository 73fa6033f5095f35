package dev.screenful.compact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files of the schema folder. */
public final class TextFile {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * The text of a file in UTF-8, the same from every checkout: without a byte order mark, which
   * editors on Windows write, and with the line endings of Unix, which Git may replace.
   *
   * @throws IOException if the file can't be read or is not in UTF-8
   */
  public static String read(Path file) throws IOException {
    String text = Files.readString(file).replace("\r\n", "\n").replace('\r', '\n');
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
