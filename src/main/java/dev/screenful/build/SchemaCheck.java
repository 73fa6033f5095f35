package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import dev.screenful.execution.Suggestions;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Manifest;
import dev.screenful.screens.Screen;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Validates all documents of a schema folder against its SDL: the screens with their examples, and
 * the documents of released apps. The function does not validate them again.
 */
public final class SchemaCheck {

  private static final String ID = "id";

  private SchemaCheck() {}

  /** All errors and warnings. */
  public static List<SchemaFinding> findings(Path schemaFolder) {
    Set<SchemaFinding> findings = new LinkedHashSet<>(); // screens share fragments with a mistake
    GraphQLSchema schema = read(() -> ClientSchema.of(schemaFolder).schema(), findings);
    KnownScreens screens = read(() -> SentDocuments.of(schemaFolder), findings);
    if (schema == null || screens == null) {
      return List.copyOf(findings);
    }
    List<Screen> all = Screen.folder(schemaFolder.resolve("screens"));
    findings.addAll(repeatedFragments(all));
    for (Screen screen : all) {
      findings.addAll(ExampleCheck.findings(screen));
      ParsedDocument.exceededRequestLimit(ApolloDocument.of(screen.document()).text())
          .map(largest ->
              "%s: as sent by clients, the document exceeds %s. Split the screen."
                  .formatted(screen.file(), largest))
          .map(SchemaFinding::error)
          .ifPresent(findings::add);
      List<ValidationError> invalid = invalid(screen.document(), schema);
      for (ValidationError error : invalid) {
        findings.add(
            SchemaFinding.error(
                "%s: %s Change the screen or the SDL."
                    .formatted(screen.at(line(error)), error.getMessage())));
      }
      if (invalid.isEmpty()) {
        findings.addAll(withoutId(screen, schema));
      }
    }
    List<Manifest> manifests = KnownScreens.manifests(schemaFolder);
    ReleasedApps released = read(() -> new ReleasedApps(schemaFolder, schema), findings);
    if (released != null) {
      findings.addAll(released.findings(manifests));
    }
    return List.copyOf(findings);
  }

  /** Errors for fragments of two screens with one name, which Apollo's code generators refuse. */
  private static List<SchemaFinding> repeatedFragments(List<Screen> screens) {
    List<SchemaFinding> findings = new ArrayList<>();
    Map<String, Path> files = new HashMap<>();
    for (Screen screen : screens) {
      for (String name : screen.ownFragments()) {
        Path other = files.putIfAbsent(name, screen.file());
        if (other != null) {
          findings.add(
              SchemaFinding.error(
                  "%s: the fragment '%s' is also in %s. Move it to a file of its own in the same folder, so that both screens share it."
                      .formatted(screen.file(), name, other)));
        }
      }
    }
    return findings;
  }

  /** The result of a read; null if it fails, and its message is then an error. */
  private static <T> @Nullable T read(Supplier<T> read, Collection<SchemaFinding> findings) {
    try {
      return read.get();
    } catch (IllegalStateException wrong) {
      findings.add(SchemaFinding.error(String.valueOf(wrong.getMessage())));
      return null;
    }
  }

  /**
   * Errors for objects whose {@code id} a screen does not select. Clients cache objects under their
   * ids, and Apollo Kotlin adds the fields of {@code keyFields} to the documents that it sends.
   */
  private static List<SchemaFinding> withoutId(Screen screen, GraphQLSchema schema) {
    List<SchemaFinding> findings = new ArrayList<>();
    ParsedDocument parsed = ParsedDocument.of(screen.document());
    for (FieldUsage.ObjectSelection object : FieldUsage.of(parsed.document(), schema).objects()) {
      if (object.type() instanceof GraphQLFieldsContainer type
          && type.getFieldDefinition(ID) != null
          && !object.fields().contains(ID)) {
        findings.add(
            SchemaFinding.error(
                "%s: Select 'id' of '%s', beside any fragments, and as the last field if an app is released. Clients cache the object by its id; Apollo Kotlin adds a missing one there to the document, which is then not this screen."
                    .formatted(screen.at(object.line()), type.getName())));
      }
    }
    return findings;
  }

  static List<ValidationError> invalid(String document, GraphQLSchema schema) {
    return new Validator()
        .validateDocument(schema, ParsedDocument.of(document).document(), Locale.ENGLISH).stream()
            .map(error -> Suggestions.added(error, schema))
            .toList();
  }

  private static int line(ValidationError error) {
    return error.getLocations() == null || error.getLocations().isEmpty()
        ? 1
        : error.getLocations().getFirst().getLine();
  }
}
