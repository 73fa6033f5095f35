package dev.screenful.build;

import dev.screenful.crypto.Sha256;
import dev.screenful.document.ParsedDocument;
import dev.screenful.screens.KnownDocument;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Screen;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The known documents of a schema folder, and its screens as Apollo's clients send them. Each of
 * these has the id of {@link ClientFiles}, which is the hash that the client computes.
 */
public final class SentDocuments {

  private SentDocuments() {}

  /**
   * Reads a schema folder.
   *
   * @throws IllegalStateException as {@link KnownScreens#of(Path)}
   */
  public static KnownScreens of(Path schemaFolder) {
    Map<String, KnownDocument> byText = new LinkedHashMap<>();
    KnownScreens.of(schemaFolder)
        .documents()
        .forEach(document -> byText.put(document.text(), document));
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      KnownDocument file = Objects.requireNonNull(byText.get(screen.document()));
      for (String sent : texts(screen)) {
        Set<String> ids = new TreeSet<>(byText.getOrDefault(sent, file).ids());
        ids.add(Sha256.hex(sent));
        byText.put(
            sent,
            new KnownDocument(
                sent, ids, file.normalForm(), file.screen(), () -> ParsedDocument.of(sent)));
      }
    }
    return KnownScreens.of(List.copyOf(byText.values()));
  }

  /**
   * The texts that Apollo Client and Apollo Kotlin send.
   *
   * @throws IllegalStateException with the file, if the document contains type definitions
   */
  static List<String> texts(Screen screen) {
    try {
      return List.of(
          ApolloDocument.of(screen.document()).text(), ApolloKotlinDocument.of(screen.document()));
    } catch (IllegalArgumentException notExecutable) {
      throw new IllegalStateException(
          screen.file() + ": " + notExecutable.getMessage(), notExecutable);
    }
  }
}
