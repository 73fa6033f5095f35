package dev.screenful.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class GzipTest {

  @Test
  void decompression_of_a_gzip_bomb_stops_one_byte_above_the_limit() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[10_000_000]);
    }

    assertThat(Gzip.decompress(bomb.toByteArray(), 1000)).hasSize(1001);
  }
}
