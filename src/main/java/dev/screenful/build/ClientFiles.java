package dev.screenful.build;

import dev.screenful.crypto.Sha256;
import dev.screenful.json.Json;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the files for client code generators: the complete SDL, the result of an introspection
 * query, and the screens as Apollo's persisted query manifest.
 *
 * @see <a
 *     href="https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format">
 *     Manifest format</a>
 */
final class ClientFiles {

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
  }

  /** The screens of a folder as Apollo's persisted query manifest. */
  static Map<String, Object> manifest(Path screens) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", "apollo-persisted-query-manifest");
    manifest.put("version", 1);
    manifest.put("operations", Screen.folder(screens).stream().map(ClientFiles::entry).toList());
    return manifest;
  }

  private static Map<String, Object> entry(Screen screen) {
    ApolloDocument sent = ApolloDocument.of(screen.document());
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("id", Sha256.hex(sent.text()));
    entry.put("name", screen.name());
    entry.put("type", sent.type());
    entry.put("body", sent.text());
    return entry;
  }
}
