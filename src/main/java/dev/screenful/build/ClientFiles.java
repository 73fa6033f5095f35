package dev.screenful.build;

import dev.screenful.crypto.Sha256;
import dev.screenful.json.Json;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Writes the files for client code generators: the complete SDL, the result of an introspection
 * query, the screens as Apollo's persisted query manifest and as Apollo Kotlin's operation output,
 * the types of the scalars, and the code that syncs.
 *
 * @see <a
 *     href="https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format">
 *     Manifest format</a>
 */
final class ClientFiles {

  /** The code for apps that keep objects offline. */
  private static final String SYNC = "sync.ts";

  private ClientFiles() {}

  /** Writes the files for a schema folder. */
  static void write(Path schemaFolder, Path folder) throws IOException {
    Path output = Files.createDirectories(folder);
    ClientSchema schema = ClientSchema.of(schemaFolder);
    Files.writeString(output.resolve("schema.graphqls"), schema.sdl());
    Files.write(output.resolve("introspection.json"), Json.bytes(schema.introspection()));
    Files.write(
        output.resolve("persisted-query-manifest.json"),
        Json.bytes(manifest(schemaFolder.resolve("screens"))));
    Files.write(
        output.resolve("operation-output.json"),
        Json.bytes(operationOutput(schemaFolder.resolve("screens"))));
    ClientScalars scalars = ClientScalars.of(schema.schema());
    Files.writeString(output.resolve("scalars.ts"), scalars.typescript());
    Files.writeString(output.resolve("scalars.gradle.kts"), scalars.kotlin());
    Files.writeString(output.resolve("scalars.swift"), scalars.swift());
    try (InputStream sync = Objects.requireNonNull(ClientFiles.class.getResourceAsStream(SYNC))) {
      if (schema.schema().getObjectType("Changes") == null) {
        Files.deleteIfExists(output.resolve(SYNC));
      } else {
        Files.write(output.resolve(SYNC), sync.readAllBytes());
      }
    }
  }

  /** The screens of a folder, as Apollo Client sends them, as Apollo's persisted query manifest. */
  private static Map<String, Object> manifest(Path screens) {
    return manifest(
        Screen.folder(screens).stream()
            .map(screen -> entry(screen, ApolloDocument.of(screen.document()).text())));
  }

  /**
   * A manifest of what both of Apollo's clients send, for the release of an app without a manifest
   * of its own.
   */
  static Map<String, Object> released(Path screens) {
    return manifest(
        Screen.folder(screens).stream()
            .flatMap(
                screen -> SentDocuments.texts(screen).stream().map(text -> entry(screen, text))));
  }

  private static Map<String, Object> manifest(Stream<Map<String, Object>> entries) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", "apollo-persisted-query-manifest");
    manifest.put("version", 1);
    manifest.put("operations", entries.toList());
    return manifest;
  }

  private static Map<String, Object> entry(Screen screen, String sent) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", Sha256.hex(sent));
    entry.put("name", screen.name());
    entry.put("type", ApolloDocument.of(screen.document()).type());
    entry.put("body", sent);
    return entry;
  }

  /** The screens of a folder as Apollo Kotlin's operation output. */
  private static Map<String, Object> operationOutput(Path screens) {
    Map<String, Object> operations = new LinkedHashMap<>();
    for (Screen screen : Screen.folder(screens)) {
      String sent = ApolloKotlinDocument.of(screen.document());
      Map<String, String> operation = new LinkedHashMap<>();
      operation.put("name", screen.name());
      operation.put("source", sent);
      operation.put("type", ApolloDocument.of(screen.document()).type());
      operations.put(Sha256.hex(sent), operation);
    }
    return operations;
  }
}
