package dev.layover;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.PackageTests;

/** Layover's package, {@code target/function}. */
final class FunctionIT extends PackageTests {

  FunctionIT() {
    super(LayoverBench.shared());
  }
}
