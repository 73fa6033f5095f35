package dev.layover;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.ScreensTests;

/** Layover's screens. */
final class ScreensTest extends ScreensTests {

  ScreensTest() {
    super(LayoverBench.shared());
  }
}
