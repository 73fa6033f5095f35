package dev.screenful.build;

import dev.screenful.compact.BinaryReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes values for {@link BinaryReader}, which describes their form. */
final class BinaryWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  void number(int number) {
    int rest = number;
    while (rest > 0x7f) {
      bytes.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
  }

  void flag(boolean flag) {
    bytes.write(flag ? 1 : 0);
  }

  void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] part) {
    number(part.length);
    bytes.writeBytes(part);
  }

  <T> void optional(@Nullable T value, Consumer<T> write) {
    flag(value != null);
    if (value != null) {
      write.accept(value);
    }
  }

  <T> void list(Collection<? extends T> list, Consumer<T> write) {
    number(list.size());
    list.forEach(write);
  }
}
