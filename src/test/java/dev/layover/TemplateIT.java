package dev.layover;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.TemplateTests;

/** Layover's template. */
final class TemplateIT extends TemplateTests {

  TemplateIT() {
    super(LayoverBench.shared());
  }
}
