package dev.screenful.screens;

import dev.screenful.document.ParsedDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fragments of the files without operations. */
final class SharedFragments {

  /** A fragment and its place. */
  private record Shared(ParsedDocument parsed, Path file, ParsedDocument.Fragment fragment) {}

  private final Map<String, Shared> byName = new HashMap<>();

  /**
   * Adds the fragments of a file.
   *
   * @throws IllegalStateException if another file has a fragment of the same name
   */
  void add(Path file, String text, ParsedDocument parsed) {
    for (ParsedDocument.Fragment fragment : parsed.fragments(text)) {
      Shared shared = new Shared(ParsedDocument.of(fragment.text()), file, fragment);
      Shared other = byName.put(fragment.name(), shared);
      if (other != null) {
        throw new IllegalStateException(
            "%s:%d: the fragment %s is also in %s; rename one."
                .formatted(file, fragment.line(), fragment.name(), other.file()));
      }
    }
  }

  /** A screen with the shared fragments that it uses, directly or through others, at its end. */
  Screen addedTo(Screen screen) {
    Map<String, Shared> needed = new LinkedHashMap<>();
    screen.parsed().ifPresent(parsed -> need(parsed, parsed.fragmentNames(), needed));
    if (needed.isEmpty()) {
      return screen;
    }
    StringBuilder document = new StringBuilder(screen.document().stripTrailing()).append('\n');
    List<Screen.Part> parts = new ArrayList<>();
    needed.forEach((name, shared) -> {
      document.append('\n');
      int line = 1 + (int) document.chars().filter(letter -> letter == '\n').count();
      parts.add(new Screen.Part(name, line, shared.file(), shared.fragment().line()));
      document.append(shared.fragment().text());
    });
    return new Screen(screen.name(), document.toString(), screen.file(), parts);
  }

  private void need(ParsedDocument parsed, Set<String> own, Map<String, Shared> needed) {
    for (String name : parsed.spreads()) {
      Shared shared = byName.get(name);
      if (shared != null && !own.contains(name) && needed.putIfAbsent(name, shared) == null) {
        need(shared.parsed(), own, needed);
      }
    }
  }
}
