package {{package}};

import dev.screenful.kit.ScreensTests;
import {{package}}.local.{{name}}Bench;

/** The screens. */
final class ScreensTest extends ScreensTests {

  ScreensTest() {
    super({{name}}Bench.shared());
  }
}
