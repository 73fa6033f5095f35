package {{package}};

import dev.screenful.kit.TemplateTests;
import {{package}}.local.{{name}}Bench;

/** The template. */
final class TemplateIT extends TemplateTests {

  TemplateIT() {
    super({{name}}Bench.shared());
  }
}
