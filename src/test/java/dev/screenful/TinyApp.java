package dev.screenful;

import dev.screenful.identity.TokenVerifier;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Sockets;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Index;
import dev.screenful.store.Table;
import dev.screenful.store.TableDefinition;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An app with one SDL file and one resolver class, for the behaviour of a few fields. All of a JVM
 * share one table, so each test uses keys of its own.
 */
final class TinyApp {

  /** The first 2 lines of the SDL in these tests. */
  static final String DIRECTIVES =
      """
      directive @public(why: String!) on FIELD_DEFINITION
      directive @role(any: [String!]!) on FIELD_DEFINITION
      """;

  /** The index of the shared table. */
  static final Index BY_TIME = new Index("byTime", "box", "at", Set.of("id"));

  private static final Table TABLE = createdTable();

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Sockets sockets;
  private final Phone phone;

  TinyApp(String sdl, Resolvers resolvers) {
    this(sdl, resolvers, Map.of(), Map.of());
  }

  TinyApp(
      String sdl, Resolvers resolvers, Map<String, String> files, Map<String, String> settings) {
    this(sdl, resolvers, files, settings, TokenVerifier.none());
  }

  TinyApp(
      String sdl,
      Resolvers resolvers,
      Map<String, String> files,
      Map<String, String> settings,
      TokenVerifier tokens) {
    Map<String, String> all = new HashMap<>(files);
    all.put("app.graphqls", DIRECTIVES + sdl);
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "SAFELIST", "open",
                "WRITES_PER_MINUTE", "1000000",
                "TABLE_NAME", TABLE.name()));
    environment.putAll(settings);
    environment.put("CURSOR_SECRET", "x".repeat(32));
    App app =
        new App() {
          @Override
          public List<Resolvers> resolvers() {
            return List.of(resolvers);
          }

          @Override
          public TableDefinition table() {
            return TABLE.definition();
          }
        };
    this.sockets =
        new Sockets(
            connections ->
                Backend.handler(
                    app,
                    Settings.of(folder(all), environment),
                    tokens,
                    TABLE.client(),
                    connections,
                    TestBench.CLOCK,
                    new Log(new PrintStream(lines, true, StandardCharsets.UTF_8))),
            TestBench.CLOCK);
    this.phone = new Phone(sockets.handler(), Map.of());
  }

  private static Table createdTable() {
    Table table =
        new Table(LocalDynamo.client(TestBench.engine()), "tiny", TableDefinition.of(BY_TIME));
    LocalDynamo.createTable(table.client(), table.name(), table.definition());
    return table;
  }

  /** The table of all tiny apps. */
  static Table table() {
    return TABLE;
  }

  Phone phone() {
    return phone;
  }

  /** A WebSocket API before the same function. */
  Sockets sockets() {
    return sockets;
  }

  String log() {
    return lines.toString(StandardCharsets.UTF_8);
  }

  /** A new temporary folder named {@code schema} with some files, by path. */
  static Path folder(Map<String, String> files) {
    try {
      Path folder = Files.createTempDirectory("tiny").resolve("schema");
      Files.createDirectories(folder.resolve("screens"));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      return folder;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
