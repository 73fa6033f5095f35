package dev.screenful.screens;

import dev.screenful.compact.TextFile;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents that one version of an app sends, from the file {@code APP/VERSION.json}. It may be
 * Apollo's persisted query manifest, Apollo Kotlin's operation output, or Relay's persisted
 * queries.
 *
 * @param app the app's name, as sent in {@code apollographql-client-name}
 * @param version the app's version, as sent in {@code apollographql-client-version}
 * @param documents the documents by the id that the app sends
 * @param file the file
 */
public record Manifest(String app, String version, Map<String, String> documents, Path file) {

  private static final String ENDING = ".json";

  /** The manifests {@code APP/VERSION.json} below a folder; none if the folder does not exist. */
  public static List<Manifest> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(file ->
              file.toString().endsWith(ENDING) && file.getNameCount() == folder.getNameCount() + 2)
          .sorted()
          .map(Manifest::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " can't be read.", unreadable);
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws IllegalStateException if it is in none of the formats
   */
  public static Manifest read(Path file) {
    String version = file.getFileName().toString().replace(ENDING, "");
    String app = file.getName(file.getNameCount() - 2).toString();
    try {
      Map<String, String> documents =
          documents(Json.read(TextFile.read(file).getBytes(StandardCharsets.UTF_8)), file);
      if (documents.isEmpty()) {
        throw new IllegalStateException(
            file
                + " is not a manifest; use Apollo's persisted query manifest, Apollo Kotlin's operation output or Relay's persisted queries.");
      }
      return new Manifest(app, version, documents, file);
    } catch (MalformedJson malformed) {
      throw new IllegalStateException(file + ": " + malformed.getMessage(), malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }

  private static Map<String, String> documents(@Nullable Object json, Path file) {
    Map<String, String> documents = new LinkedHashMap<>();
    if (json instanceof Map<?, ?> manifest && manifest.get("operations") instanceof List<?> list) {
      for (Object entry : list) {
        Map<?, ?> operation = entry instanceof Map<?, ?> map ? map : Map.of();
        add(operation.get("id"), operation.get("body"), documents, file);
      }
    } else if (json instanceof Map<?, ?> byId) {
      byId.forEach((id, entry) ->
          add(
              id,
              entry instanceof Map<?, ?> operation ? operation.get("source") : entry,
              documents,
              file));
    }
    return documents;
  }

  private static void add(
      @Nullable Object id, @Nullable Object text, Map<String, String> documents, Path file) {
    if (!(id instanceof String name) || !(text instanceof String document)) {
      throw new IllegalStateException(
          "%s is not a manifest: the entry with the id %s has no document.".formatted(file, id));
    }
    if (documents.put(name, document) != null) {
      throw new IllegalStateException("%s contains the id %s twice.".formatted(file, name));
    }
  }
}
