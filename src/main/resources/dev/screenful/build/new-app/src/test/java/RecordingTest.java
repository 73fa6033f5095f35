package {{package}};

import dev.screenful.kit.RecordingTests;
import {{package}}.local.{{name}}Bench;

/** The recording of the screens, which primes the function. */
final class RecordingTest extends RecordingTests {

  RecordingTest() {
    super({{name}}Bench.shared());
  }
}
