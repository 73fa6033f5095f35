package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The local engine as a separate process, and its data folders. */
final class LocalDynamoTest {

  private static boolean listens(URI endpoint) {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static ProcessHandle guard(URI endpoint) {
    return ProcessHandle.current()
        .children()
        .filter(child ->
            child
                .descendants()
                .anyMatch(engine -> port(engine).equals(Integer.toString(endpoint.getPort()))))
        .findFirst()
        .orElseThrow();
  }

  private static String port(ProcessHandle engine) {
    String[] arguments = engine.info().arguments().orElse(new String[0]);
    for (int place = 0; place + 1 < arguments.length; place++) {
      if (arguments[place].equals("--port")) {
        return arguments[place + 1];
      }
    }
    return "";
  }

  @Test
  void the_engine_answers_on_loopback_until_it_is_closed() {
    URI endpoint;
    try (LocalDynamo engine = LocalDynamo.start(null)) {
      endpoint = engine.endpoint();
      DynamoDbClient client = Sdk.client(endpoint);
      assertThat(client.listTables().tableNames()).isEmpty();
      assertThat(endpoint.getHost()).isEqualTo("127.0.0.1");
    }
    assertThat(listens(endpoint)).isFalse();
  }

  @Test
  void several_engines_run_at_the_same_time() {
    try (LocalDynamo one = LocalDynamo.start(null);
        LocalDynamo other = LocalDynamo.start(null)) {
      assertThat(one.endpoint()).isNotEqualTo(other.endpoint());
      assertThat(listens(one.endpoint())).isTrue();
      assertThat(listens(other.endpoint())).isTrue();
    }
  }

  @Test
  void a_port_in_use_is_replaced_by_another_one() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int[] ports = {taken.getLocalPort(), LocalDynamo.freePort()};
      int[] next = {0};
      try (LocalDynamo engine = LocalDynamo.start(null, () -> ports[next[0]++])) {
        assertThat(engine.endpoint().getPort()).isEqualTo(ports[1]);
      }
      assertThatThrownBy(() -> LocalDynamo.start(null, () -> ports[0]))
          .isInstanceOf(IllegalStateException.class)
          .message()
          .contains("does not start", ":%d: Address".formatted(ports[0]));
    }
  }

  @Test
  void an_unexpected_end_of_the_engine_is_reported() throws InterruptedException {
    try (LocalDynamo engine = LocalDynamo.start(null)) {
      CountDownLatch reported = new CountDownLatch(1);
      engine.onFailure(reported::countDown);

      guard(engine.endpoint()).descendants().forEach(ProcessHandle::destroyForcibly);

      assertThat(reported.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closing_the_engine_reports_no_failure() throws InterruptedException {
    LocalDynamo engine = LocalDynamo.start(null);
    CountDownLatch reported = new CountDownLatch(1);
    engine.onFailure(reported::countDown);

    engine.close();

    assertThat(reported.await(1500, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void the_engine_does_not_outlive_its_guard() throws InterruptedException {
    try (LocalDynamo engine = LocalDynamo.start(null)) {
      CountDownLatch reported = new CountDownLatch(1);
      engine.onFailure(reported::countDown);

      guard(engine.endpoint()).destroyForcibly();

      assertThat(reported.await(10, TimeUnit.SECONDS)).isTrue();
      assertGone(engine.endpoint());
    }
  }

  private static void assertGone(URI endpoint) throws InterruptedException {
    for (int attempt = 0; attempt < 100 && listens(endpoint); attempt++) {
      Thread.sleep(50);
    }
    assertThat(listens(endpoint)).isFalse();
  }

  @Test
  void a_folder_of_amazons_engine_is_refused_and_left_as_it_is(@TempDir Path folder)
      throws IOException {
    Path amazons = Files.writeString(folder.resolve("shared-local-instance.db"), "whatever");

    assertThatThrownBy(() -> LocalDynamo.start(folder))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .contains(folder.toString(), "Amazon's DynamoDB Local", "-Ddata=FOLDER");

    assertThat(folder).isDirectoryContaining(amazons::equals);
    assertThat(folder.toFile().list()).hasSize(1);
    assertThat(amazons).hasContent("whatever");
  }

  @Test
  void a_folder_of_a_newer_or_an_unknown_version_is_refused_and_left_as_it_is(@TempDir Path folder)
      throws IOException {
    Path version = folder.resolve("dynoxide.version");
    for (String other : new String[] {"999.0.0", "1.3", "no version"}) {
      Files.writeString(version, other);

      assertThatThrownBy(() -> LocalDynamo.start(folder))
          .isInstanceOf(IllegalStateException.class)
          .message()
          .contains(folder.toString(), other, Dynoxide.VERSION, "-Ddata=FOLDER");

      assertThat(version).hasContent(other);
      assertThat(folder.toFile().list()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',    1.2.1, true",
    "1.2.0, 1.2.1, true",
    "1.2.1, 1.3.0, true",
    "1.3.0, 1.3.0, true",
    "0.9.1, 1.0.0, true",
    "1.9.0, 1.10.0, true",
    "1.3.0, 1.2.1, false",
    "2.0.0, 1.2.1, false",
    "1.x.0, 1.2.1, false",
  })
  void a_version_reads_its_own_data_and_that_of_older_versions(
      String writer, String reader, boolean isReadable) {
    assertThat(DataFolder.isReadable(writer, reader)).isEqualTo(isReadable);
  }

  @Test
  void a_folder_of_an_older_version_is_used(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("dynoxide.version"), "1.0.9");

    LocalDynamo.start(folder).close();

    assertThat(folder.resolve("dynoxide.version")).hasContent(Dynoxide.VERSION);
  }

  @Test
  void a_folder_that_is_in_use_is_refused(@TempDir Path folder) {
    try (LocalDynamo engine = LocalDynamo.start(folder)) {
      assertThatThrownBy(() -> LocalDynamo.start(folder))
          .isInstanceOf(IllegalStateException.class)
          .message()
          .contains(folder.toString(), "used by another server");
      assertThat(listens(engine.endpoint())).isTrue();
    }
    LocalDynamo.start(folder).close();
  }

  @Test
  void a_file_in_place_of_a_data_folder_is_refused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThatThrownBy(() -> LocalDynamo.start(file))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .contains(file.toString(), "can't be written", "-Ddata=FOLDER");
  }

  @Test
  void an_invalid_database_is_reported_with_the_message_of_the_engine(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("dynoxide.db"), "no database ".repeat(1000));

    assertThatThrownBy(() -> LocalDynamo.start(folder))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .contains("does not start", "not a valid SQLite database");
  }
}
