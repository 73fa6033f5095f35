package dev.screenful.screens;

import dev.screenful.document.Budget;
import dev.screenful.document.LoggedVariables;
import dev.screenful.document.ParsedDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads known documents from the files of a schema folder. */
final class ScreenFiles {

  private final Map<String, KnownDocument> byText = new LinkedHashMap<>();
  private final Map<String, KnownScreen> today = new HashMap<>();
  private final Map<String, String> textsById = new HashMap<>();

  private ScreenFiles() {}

  /**
   * The screens of {@code screens/}, and the documents of the manifests there and in {@code
   * released/}.
   *
   * @throws IllegalStateException with file and line of each mistake: a document is not GraphQL or
   *     does not have exactly one named operation, a screen's name differs from its file's, or two
   *     manifests use one id for different documents
   */
  static List<KnownDocument> read(Path schemaFolder) {
    ScreenFiles files = new ScreenFiles();
    List<String> problems = new ArrayList<>();
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      collect(problems, () -> files.add(screen));
    }
    for (Manifest manifest : KnownScreens.manifests(schemaFolder)) {
      manifest
          .documents()
          .forEach((id, text) -> collect(problems, () -> files.add(manifest, id, text)));
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
    return new ArrayList<>(files.byText.values());
  }

  private static void collect(List<String> problems, Runnable add) {
    try {
      add.run();
    } catch (IllegalStateException wrong) {
      problems.add(String.valueOf(wrong.getMessage()));
    }
  }

  private void add(Screen file) {
    String where = file.file().toString();
    ParsedDocument parsed = at(where, () -> ParsedDocument.of(file.document()));
    String name = name(parsed, where);
    if (!name.equals(file.name())) {
      throw new IllegalStateException(
          "%s: the operation is named %s; the file and the operation must have the same name."
              .formatted(file.file(), name));
    }
    KnownScreen screen =
        new KnownScreen(name, at(where, () -> Budget.of(parsed)), LoggedVariables.of(parsed));
    today.put(name, screen);
    add(file.document(), parsed, screen, Set.of());
  }

  private void add(Manifest manifest, String id, String text) {
    String where = manifest.file() + ", id " + id;
    ParsedDocument parsed = at(where, () -> ParsedDocument.of(text));
    String name = name(parsed, where);
    String other = textsById.put(id, text);
    if (other != null && !other.equals(text)) {
      throw new IllegalStateException(
          where + ": another manifest uses this id for a different document.");
    }
    KnownScreen screen =
        today.getOrDefault(name, new KnownScreen(name, Optional.empty(), Set.of()));
    add(text, parsed, screen, Set.of(id));
  }

  private void add(String text, ParsedDocument parsed, KnownScreen screen, Set<String> ids) {
    Set<String> all = new HashSet<>(ids);
    KnownDocument same = byText.get(text);
    if (same != null) {
      all.addAll(same.ids());
    }
    byText.put(text, new KnownDocument(text, all, parsed.normalForm(), screen, () -> parsed));
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
    if (names.isEmpty() && parsed.hasOperation()) {
      throw new IllegalStateException(
          "%s: the operation must have a name, for a screen that of its file.".formatted(where));
    }
    if (names.size() != 1) {
      throw new IllegalStateException(
          "%s: a screen must have exactly one named operation, not %d. Give each operation a file of its own, and put fragments that several use into a file without operations."
              .formatted(where, names.size()));
    }
    return names.getFirst();
  }
}
