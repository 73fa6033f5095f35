package dev.screenful.compact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads values in the order in which the build wrote them. The bytes are part of the package, so
 * they are trusted.
 */
public final class BinaryReader {

  private final byte[] bytes;
  private int position;

  public BinaryReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A non-negative number: seven bits in each byte, the lowest first. */
  public int number() {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[position++];
      number |= (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  /** A truth value. */
  public boolean flag() {
    return bytes[position++] != 0;
  }

  /** A string: its length in bytes, and its UTF-8. */
  public String text() {
    int length = number();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** Bytes: their number, and the bytes. */
  public byte[] bytes() {
    int length = number();
    byte[] part = new byte[length];
    System.arraycopy(bytes, position, part, 0, length);
    position += length;
    return part;
  }

  /** A value that may be missing: a flag, and the value if the flag is set. */
  public <T> @Nullable T optional(Function<BinaryReader, T> value) {
    return flag() ? value.apply(this) : null;
  }

  /** A list: its size, and its entries. */
  public <T> List<T> list(Function<BinaryReader, T> entry) {
    int size = number();
    List<T> list = new ArrayList<>(size);
    for (int index = 0; index < size; index++) {
      list.add(entry.apply(this));
    }
    return list;
  }
}
