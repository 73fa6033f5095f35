package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.AttackTests;
import dev.screenful.kit.Phone;
import {{package}}.local.{{name}}Bench;
import java.util.List;
import java.util.Map;

/** Attacks on the app. The victim has a note. */
final class AttackTest extends AttackTests {

  private static final String NOTE = "what only the victim knows";

  AttackTest() {
    super({{name}}Bench.shared());
  }

  @Override
  protected Map<String, String> prepare(Phone victim) {
    victim.ask({{name}}Bench.shared().screen("AddNote").document(), Map.of("text", NOTE));
    Phone.Reply notes = victim.ask("{ notes(first: 1) { edges { cursor node { text } } } }");
    assertThat(notes.data("/notes/edges/0/node/text").asText()).isEqualTo(NOTE);
    return Map.of("cursor", notes.data("/notes/edges/0/cursor").asText());
  }

  @Override
  protected List<String> secrets() {
    return List.of(NOTE);
  }

  @Override
  protected void assertHealthy(Phone nobody, Phone victim) {
    String screen = {{name}}Bench.shared().screen("Notes").document();
    assertThat(nobody.ask(screen).code()).isEqualTo("UNAUTHENTICATED");
    assertThat(victim.ask(screen).data("/notes/edges/0/node/text").asText()).isEqualTo(NOTE);
  }
}
