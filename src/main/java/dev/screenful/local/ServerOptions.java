package dev.screenful.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The options of the development server.
 *
 * @param port the port on loopback
 * @param data the folder for the local engine's data; empty for memory
 * @param dynamodb the URL of a running DynamoDB engine to use instead of the local one
 * @param all whether to load all of the sample data
 */
record ServerOptions(int port, Optional<Path> data, Optional<URI> dynamodb, boolean all) {

  private static final Set<String> NAMES =
      new TreeSet<>(Set.of("port", "data", "dynamodb", "sample"));

  /**
   * Parses {@code NAME=VALUE} arguments. An option without a value counts as omitted.
   *
   * @throws IllegalArgumentException if an option is unknown or has an invalid value
   */
  static ServerOptions of(List<String> arguments) {
    Map<String, String> values =
        arguments.stream()
            .map(argument -> argument.split("=", 2))
            .filter(pair -> pair.length == 2 && !pair[1].isEmpty())
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    if (!NAMES.containsAll(values.keySet())) {
      throw new IllegalArgumentException(
          "The options are %s, not %s.".formatted(NAMES, values.keySet()));
    }
    String sample = values.getOrDefault("sample", "some");
    if (!Set.of("some", "all").contains(sample)) {
      throw new IllegalArgumentException("'sample' must be some or all, not " + sample + ".");
    }
    return new ServerOptions(
        port(values.getOrDefault("port", "4000")),
        Optional.ofNullable(values.get("data")).map(Path::of),
        Optional.ofNullable(values.get("dynamodb")).map(ServerOptions::url),
        sample.equals("all"));
  }

  private static URI url(String text) {
    if (!text.matches("https?://\\S+")) {
      throw new IllegalArgumentException(
          "'dynamodb' must be a URL such as http://localhost:8000, not " + text + ".");
    }
    return URI.create(text);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 1 << 16) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // reported below
    }
    throw new IllegalArgumentException(
        "'port' must be a number from 1 to 65535, not %s.".formatted(text));
  }
}
