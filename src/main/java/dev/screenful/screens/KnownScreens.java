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
 * All that apps are known to send: the screens of {@code screens/}, and the documents of the
 * manifests there and in {@code released/}. They are known by their normal form, so a client may
 * add what clients add, and by the ids of the manifests.
 */
public final class KnownScreens {

  /** A document that stands in a manifest, ready to be executed however long it is. */
  record Listed(String text, ParsedDocument document, KnownScreen screen) {}

  private final Map<String, KnownScreen> byNormalForm = new HashMap<>();
  private final Map<String, Listed> byId = new HashMap<>();

  /**
   * Reads a schema folder.
   *
   * @throws IllegalStateException with file and line where a document is not GraphQL, has not
   *     exactly one operation with a name, or a screen has another name than its file; or where two
   *     manifests give one id to different documents
   */
  public KnownScreens(Path schemaFolder) {
    Path screens = schemaFolder.resolve("screens");
    for (Screen screen : Screen.folder(screens)) {
      String where = screen.file().toString();
      ParsedDocument parsed = at(where, () -> ParsedDocument.of(screen.document()));
      String name = name(parsed, where);
      if (!name.equals(screen.name())) {
        throw new IllegalStateException(
            "%s: the operation is called %s; give file and operation one name."
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

  /** The manifests of a schema folder: of apps that are released, and of others. */
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
          Listed other = byId.put(id, new Listed(text, parsed, screen));
          if (other != null && !other.text().equals(text)) {
            throw new IllegalStateException(
                where + ": another manifest has this id for another document.");
          }
        });
  }

  /** What a document says, or a failure that names where it stands. */
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
          "%s: a screen is one operation with a name, not %d.".formatted(where, names.size()));
    }
    return names.getFirst();
  }

  /** The screen that a document is, empty where it is none. */
  Optional<KnownScreen> of(ParsedDocument document) {
    return Optional.ofNullable(byNormalForm.get(document.normalForm()));
  }

  /** What a manifest has for an id, empty where none has it. */
  Optional<Listed> listed(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
