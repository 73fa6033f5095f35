package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Manifest;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Validates all documents of a schema folder against its SDL: the screens, and the documents of
 * released apps. The function does not validate them again.
 */
public final class SchemaCheck {

  private SchemaCheck() {}

  /** All errors and warnings. */
  public static List<SchemaFinding> findings(Path schemaFolder) {
    GraphQLSchema schema;
    try {
      schema = ClientSchema.of(schemaFolder).schema();
      KnownScreens.of(schemaFolder);
    } catch (IllegalStateException wrong) {
      return List.of(SchemaFinding.error(String.valueOf(wrong.getMessage())));
    }
    List<SchemaFinding> findings = new ArrayList<>();
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      try {
        ScreenExample.of(screen, Map.of());
      } catch (IllegalStateException unreadable) {
        findings.add(SchemaFinding.error(String.valueOf(unreadable.getMessage())));
      }
      ParsedDocument.exceededRequestLimit(ApolloDocument.of(screen.document()).text())
          .map(largest ->
              "%s: as sent by clients, the document exceeds %s. Split the screen."
                  .formatted(screen.file(), largest))
          .map(SchemaFinding::error)
          .ifPresent(findings::add);
      for (ValidationError error : invalid(screen.document(), schema)) {
        findings.add(
            SchemaFinding.error(
                "%s:%d: %s. Change the screen or the SDL."
                    .formatted(screen.file(), line(error), error.getMessage())));
      }
    }
    List<Manifest> manifests = KnownScreens.manifests(schemaFolder);
    findings.addAll(new ReleasedApps(schemaFolder, schema).findings(manifests));
    return findings;
  }

  static List<ValidationError> invalid(String document, GraphQLSchema schema) {
    return new Validator()
        .validateDocument(schema, ParsedDocument.of(document).document(), Locale.ROOT);
  }

  private static int line(ValidationError error) {
    return error.getLocations() == null || error.getLocations().isEmpty()
        ? 1
        : error.getLocations().getFirst().getLine();
  }
}
