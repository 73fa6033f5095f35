package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServerOptionsTest {

  @Test
  void options_have_defaults_and_an_empty_option_counts_as_absent() {
    ServerOptions defaults = new ServerOptions(4000, Optional.empty(), Optional.empty(), false);

    assertThat(ServerOptions.of(List.of())).isEqualTo(defaults);
    assertThat(ServerOptions.of(List.of("port=4000", "data=", "dynamodb=", "sample=some")))
        .isEqualTo(defaults);
    assertThat(
            ServerOptions.of(
                List.of("port=5", "data=d", "dynamodb=http://localhost:8000", "sample=all")))
        .isEqualTo(
            new ServerOptions(
                5,
                Optional.of(Path.of("d")),
                Optional.of(URI.create("http://localhost:8000")),
                true));
  }

  @Test
  void an_unknown_option_is_reported() {
    assertThatThrownBy(() -> ServerOptions.of(List.of("prot=4000")))
        .message()
        .contains("prot", "port");
    for (String impossible : List.of("four", "0", "-1", "65536")) {
      assertThatThrownBy(() -> ServerOptions.of(List.of("port=" + impossible)))
          .message()
          .contains(impossible);
    }
    assertThatThrownBy(() -> ServerOptions.of(List.of("sample=most")))
        .message()
        .contains("some or all");
    assertThatThrownBy(() -> ServerOptions.of(List.of("dynamodb=nonsense")))
        .message()
        .contains("nonsense", "http://localhost");
  }
}
