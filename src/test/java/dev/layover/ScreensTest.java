package dev.layover;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.layover.local.Phone;
import dev.layover.local.TestBench;
import dev.screenful.execution.Budget;
import dev.screenful.execution.ParsedDocument;
import dev.screenful.screens.Example;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Opens each screen as its example says and compares the whole response with {@code
 * approved/NAME.json}. After a change that is meant, {@code mvn verify -Dapprove} writes those
 * files anew; what changed is read before it is committed. What a screen costs must be within its
 * {@code @budget}.
 */
final class ScreensTest {

  private static final Path APPROVED = Path.of("src/test/resources/approved");
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  @TestFactory
  Stream<DynamicTest> a_screen_shows_what_was_approved() {
    TestBench bench = TestBench.shared();
    RequestStreamHandler ownLocators = bench.handler(bench.table().client());
    return Screen.folder(Path.of("schema/screens")).stream()
        .map(screen -> DynamicTest.dynamicTest(screen.name(), () -> opens(screen, ownLocators)));
  }

  private static void opens(Screen screen, RequestStreamHandler handler) throws IOException {
    Example example = Example.of(screen, TestBench.shared().examples());
    Phone phone =
        example.caller() == null ? TestBench.stranger() : TestBench.phoneOf(example.caller());
    Phone.Reply reply = phone.reaching(handler).ask(screen.document(), example.variables());
    assertThat(reply.body().has("errors")).as("errors in %s", reply.body()).isFalse();
    Path approved = APPROVED.resolve(screen.name() + ".json");
    if (System.getProperty("approve") != null) {
      Files.writeString(approved, PRETTY.writeValueAsString(reply.body()) + "\n");
    }
    assertThat(approved)
        .as(
            "%s has no approved response; run mvn test -Dtest=ScreensTest -Dapprove, and read it",
            screen.name())
        .exists();
    assertThatJson(reply.body()).isEqualTo(Files.readString(approved));
    assertThat(Budget.of(ParsedDocument.of(screen.document())))
        .as("%s says no @budget; its request's line in the log has what it costs", screen.name())
        .isPresent();
    assertThat(TestBench.shared().logged(reply.requestId()))
        .as("%s costs more than its @budget", screen.name())
        .noneMatch(line -> line.contains("overBudget"));
  }
}
