package {{package}};

import dev.screenful.kit.PackageTests;
import {{package}}.local.{{name}}Bench;

/** The package of the function. */
final class FunctionIT extends PackageTests {

  FunctionIT() {
    super({{name}}Bench.shared());
  }
}
