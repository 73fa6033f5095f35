package dev.screenful.screens;

import dev.screenful.document.Budget;
import dev.screenful.document.LoggedVariables;
import dev.screenful.document.ParsedDocument;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The documents that versions of the app send: the screens of {@code screens/}, and the documents
 * of the manifests there and in {@code released/}. They are found by normal form, which allows for
 * the additions of client libraries, and by the ids of the manifests.
 */
public final class KnownScreens {

  /** A document of a manifest. It may run at any length. */
  record ManifestDocument(String text, ParsedDocument document, KnownScreen screen) {}

  private final Map<String, KnownScreen> byNormalForm = new HashMap<>();
  private final Map<String, ManifestDocument> byId = new HashMap<>();

  /**
   * Reads a schema folder.
   *
   * @throws IllegalStateException with file and line, if a document is not GraphQL or does not have
   *     exactly one named operation, a screen's name differs from its file's, or two manifests use
   *     one id for different documents
   */
  public KnownScreens(Path schemaFolder) {
    Path screens = schemaFolder.resolve("screens");
    for (Screen screen : Screen.folder(screens)) {
      String where = screen.file().toString();
      ParsedDocument parsed = at(where, () -> ParsedDocument.of(screen.document()));
      String name = name(parsed, where);
      if (!name.equals(screen.name())) {
        throw new IllegalStateException(
            "%s: the operation is named %s; the file and the operation must have the same name."
                .formatted(screen.file(), name));
      }
      byNormalForm.put(
          parsed.normalForm(),
          new KnownScreen(name, at(where, () -> Budget.of(parsed)), LoggedVariables.of(parsed)));
    }
    Map<String, KnownScreen> today = new HashMap<>();
    byNormalForm.values().forEach(screen -> today.put(screen.name(), screen));
    manifests(schemaFolder).forEach(manifest -> add(manifest, today));
  }

  /** The manifests of a schema folder, in {@code screens/} and {@code released/}. */
  public static List<Manifest> manifests(Path schemaFolder) {
    return Stream.of("screens", "released")
        .flatMap(folder -> Manifest.below(schemaFolder.resolve(folder)).stream())
        .toList();
  }

  private void add(Manifest manifest, Map<String, KnownScreen> today) {
    manifest
        .documents()
        .forEach((id, text) -> {
          String where = manifest.file() + ", id " + id;
          ParsedDocument parsed = at(where, () -> ParsedDocument.of(text));
          String name = name(parsed, where);
          KnownScreen screen =
              today.getOrDefault(name, new KnownScreen(name, Optional.empty(), Set.of()));
          byNormalForm.putIfAbsent(parsed.normalForm(), screen);
          ManifestDocument other = byId.put(id, new ManifestDocument(text, parsed, screen));
          if (other != null && !other.text().equals(text)) {
            throw new IllegalStateException(
                where + ": another manifest uses this id for a different document.");
          }
        });
  }

  /** Reads a document, and adds its location to the message of a failure. */
  private static <T> T at(String where, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalStateException(where + ": " + wrong.getMessage(), wrong);
    }
  }

  private static String name(ParsedDocument parsed, String where) {
    List<String> names = parsed.operationNames();
    if (names.size() != 1) {
      throw new IllegalStateException(
          "%s: a screen must have exactly one named operation, not %d."
              .formatted(where, names.size()));
    }
    return names.getFirst();
  }

  /** The screen with the normal form of a document. */
  Optional<KnownScreen> find(ParsedDocument document) {
    return Optional.ofNullable(byNormalForm.get(document.normalForm()));
  }

  /** The document with an id in a manifest. */
  Optional<ManifestDocument> inManifest(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
