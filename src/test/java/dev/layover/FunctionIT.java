package dev.layover;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.PackageTests;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layover's package, {@code target/function}. */
final class FunctionIT extends PackageTests {

  FunctionIT() {
    super(LayoverBench.shared());
  }

  @Test
  void the_rehearsal_fails_if_the_template_renames_an_index(@TempDir Path folder) {
    assertThatThrownBy(() ->
            rehearse(
                template -> template.replace("IndexName: departures", "IndexName: board"), folder))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("AirportBoard: ");
  }
}
