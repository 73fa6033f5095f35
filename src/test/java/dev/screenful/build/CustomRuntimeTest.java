package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of the folder of the custom runtime. */
final class CustomRuntimeTest {

  @TempDir Path folder;

  @Test
  void a_package_without_a_cache_is_refused() {
    assertThatThrownBy(() -> new CustomRuntime(folder).check())
        .hasMessageContaining("The training run wrote no AOT cache");
  }

  @Test
  void a_package_that_is_too_large_for_lambda_is_refused() throws IOException {
    Files.write(folder.resolve("app.aot"), new byte[3 << 20]);

    assertThatCode(() -> new CustomRuntime(folder).check()).doesNotThrowAnyException();
    assertThatThrownBy(() -> new CustomRuntime(folder).check(2 << 20))
        .hasMessageContaining("has 3 MB, but Lambda accepts at most 2 MB");
  }
}
