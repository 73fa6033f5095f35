package dev.layover;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.RecordingTests;

/** The recording of Layover's screens. */
final class RecordingTest extends RecordingTests {

  RecordingTest() {
    super(LayoverBench.shared());
  }
}
