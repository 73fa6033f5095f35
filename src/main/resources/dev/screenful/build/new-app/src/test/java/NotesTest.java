package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import {{package}}.local.{{name}}Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Notes, through the function. */
final class NotesTest {

  private static final String ADD = {{name}}Bench.shared().screen("AddNote").document();
  private static final String NOTES = {{name}}Bench.shared().screen("Notes").document();

  private final Phone phone = Phone.of({{name}}Bench.shared().trusting(), "writer");

  @Test
  void a_note_is_added_once_however_often_it_is_sent() {
    Map<String, String> variables =
        Map.of("text", "Once", "requestId", "5b0f6e1c-8d0e-4f4e-9a57-0b7f3a2f6c11");

    Phone.Reply first = phone.ask(ADD, variables);
    Phone.Reply second = phone.ask(ADD, variables);

    assertThat(first.data("/addNote/note/text").asText()).isEqualTo("Once");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(phone.ask(NOTES).body().findValuesAsText("text")).containsExactly("Once");
  }

  @Test
  void an_empty_note_is_refused() {
    Phone.Reply reply = phone.ask(ADD, Map.of("text", " "));

    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(reply.message()).contains("1 to 1000 characters");
  }
}
