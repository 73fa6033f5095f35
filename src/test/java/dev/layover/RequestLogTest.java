package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.Phone;
import dev.layover.local.TestBench;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one line that each request leaves in the log. */
final class RequestLogTest {

  private static JsonNode line(Phone.Reply reply) throws JsonProcessingException {
    List<String> lines = TestBench.shared().logged(reply.requestId());
    assertThat(lines).hasSize(1);
    return new ObjectMapper().readTree(lines.getFirst());
  }

  @Test
  void a_request_leaves_one_line_that_tells_who_asked_what_and_what_it_cost()
      throws JsonProcessingException {
    Phone.Reply reply =
        TestBench.phoneOf("traveller-1")
            .ask(
                "query Hello { airport(code: \"SFO\") { name } departures(airport: \"SFO\", first: 2) { edges { node { id } } } }");

    JsonNode line = line(reply);
    assertThat(line.get("operation").asText()).isEqualTo("Hello");
    assertThat(line.get("caller").asText()).isEqualTo("traveller-1");
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("items").asInt())
        .isEqualTo(4); // an airport, two flights, and one that tells there are more
    assertThat(line.get("trips").asInt()).isEqualTo(2);
    assertThat(line.get("bytes").asInt()).isEqualTo(reply.body().toString().length());
    assertThat(line.get("ms").isNumber()).isTrue();
  }

  @Test
  void a_refused_request_leaves_a_line_too() throws JsonProcessingException {
    JsonNode line = line(TestBench.stranger().send("not JSON"));
    assertThat(line.get("status").asInt()).isEqualTo(400);
    assertThat(line.get("caller").isNull()).isTrue();
  }

  @Test
  void why_a_token_was_refused_is_in_the_line_and_not_in_the_answer()
      throws JsonProcessingException {
    Phone.Reply reply = TestBench.stranger().with("authorization", "Basic x").ask("{ me { id } }");
    assertThat(line(reply).get("refused").asText()).contains("not Bearer");
    assertThat(reply.body().toString()).doesNotContain("Bearer");
  }
}
