package dev.screenful.screens;

import dev.screenful.compact.BinaryReader;
import dev.screenful.document.Budget;
import dev.screenful.document.ParsedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The documents that versions of the app send: the screens of {@code screens/}, and the documents
 * of the manifests there and in {@code released/}. They are found by text, by the ids of the
 * manifests, and by normal form, which allows for the additions of client libraries.
 */
public final class KnownScreens {

  /** The file of the compact form. */
  public static final String COMPACT = "screens.bin";

  private final List<KnownDocument> documents;
  private final Map<String, KnownDocument> byText = new HashMap<>();
  private final Map<String, KnownDocument> byId = new HashMap<>();
  private final Map<String, KnownScreen> byNormalForm = new HashMap<>();

  private KnownScreens(List<KnownDocument> documents) {
    this.documents = documents;
    for (KnownDocument document : documents) {
      byText.put(document.text(), document);
      for (String id : document.ids()) {
        byId.put(id, document);
      }
      byNormalForm.putIfAbsent(document.normalForm(), document.screen());
    }
  }

  /**
   * Reads a schema folder: its files, or the compact form that the build makes of them.
   *
   * @throws IllegalStateException with file and line, if a document is not GraphQL or does not have
   *     exactly one named operation, a screen's name differs from its file's, or two manifests use
   *     one id for different documents
   */
  public static KnownScreens of(Path schemaFolder) {
    Path compact = schemaFolder.resolve(COMPACT);
    return new KnownScreens(
        Files.exists(compact) ? compact(compact) : ScreenFiles.read(schemaFolder));
  }

  /** Screens with given documents. */
  public static KnownScreens of(List<KnownDocument> documents) {
    return new KnownScreens(documents);
  }

  /** Reads the compact form. Syntax trees are read when a request needs them. */
  private static List<KnownDocument> compact(Path file) {
    List<KnownDocument> documents = new ArrayList<>();
    for (List<KnownDocument> equivalent : in(file).list(KnownScreens::equivalent)) {
      documents.addAll(equivalent);
    }
    return documents;
  }

  private static BinaryReader in(Path file) {
    try {
      return new BinaryReader(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }

  private static List<KnownDocument> equivalent(BinaryReader in) {
    KnownScreen screen =
        new KnownScreen(
            in.text(),
            Optional.ofNullable(in.optional(KnownScreens::budget)),
            Set.copyOf(in.list(BinaryReader::text)));
    String normalForm = in.text();
    return in.list(document -> {
      String text = document.text();
      Set<String> ids = Set.copyOf(document.list(BinaryReader::text));
      byte[] tree = document.bytes();
      return new KnownDocument(text, ids, normalForm, screen, () -> ParsedDocument.read(tree));
    });
  }

  private static Budget budget(BinaryReader in) {
    return new Budget(in.number(), in.number(), in.number());
  }

  /** The manifests of a schema folder, in {@code screens/} and {@code released/}. */
  public static List<Manifest> manifests(Path schemaFolder) {
    return Stream.of("screens", "released")
        .flatMap(folder -> Manifest.below(schemaFolder.resolve(folder)).stream())
        .toList();
  }

  /** All documents. */
  public List<KnownDocument> documents() {
    return documents;
  }

  /** The document with a text. */
  Optional<KnownDocument> withText(String text) {
    return Optional.ofNullable(byText.get(text));
  }

  /** The document with an id in a manifest. */
  Optional<KnownDocument> withId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The screen with the normal form of a document. */
  Optional<KnownScreen> equivalentTo(ParsedDocument document) {
    return Optional.ofNullable(byNormalForm.get(document.normalForm()));
  }
}
