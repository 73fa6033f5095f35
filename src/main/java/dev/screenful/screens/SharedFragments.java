package dev.screenful.screens;

import dev.screenful.document.ParsedDocument;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The fragments of the files without operations. */
final class SharedFragments {

  private final Map<String, ParsedDocument> byName = new HashMap<>();
  private final Map<String, Path> files = new HashMap<>();

  /**
   * Adds the fragments of a file.
   *
   * @throws IllegalStateException if another file has a fragment of the same name
   */
  void add(Path file, ParsedDocument fragments) {
    fragments
        .fragments()
        .forEach((name, fragment) -> {
          Path other = files.put(name, file);
          if (other != null) {
            throw new IllegalStateException(
                "%s: the fragment %s is also in %s; rename one.".formatted(file, name, other));
          }
          byName.put(name, fragment);
        });
  }

  /** A document with the shared fragments that it uses, directly or through others, at its end. */
  String addedTo(String text, ParsedDocument parsed) {
    Map<String, ParsedDocument> needed = new LinkedHashMap<>();
    need(parsed, parsed.fragments().keySet(), needed);
    StringBuilder document = new StringBuilder(text);
    needed.values().forEach(fragment -> document.append('\n').append(fragment.text()));
    return document.toString();
  }

  private void need(ParsedDocument parsed, Set<String> own, Map<String, ParsedDocument> needed) {
    for (String name : parsed.spreads()) {
      ParsedDocument fragment = byName.get(name);
      if (fragment != null && !own.contains(name) && needed.putIfAbsent(name, fragment) == null) {
        need(fragment, own, needed);
      }
    }
  }
}
