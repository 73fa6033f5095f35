package dev.screenful.build;

import dev.screenful.execution.ParsedDocument;
import dev.screenful.screens.Manifest;
import graphql.language.TypeKind;
import graphql.schema.GraphQLSchema;
import graphql.schema.diff.DiffCategory;
import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.DiffLevel;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.validation.ValidationError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what would break apps that are out there. The SDL that was last released is compared with
 * that of today; a difference that a released document meets is an error, also where the document
 * still is valid: an app whose code was generated for {@code String!} can't take null.
 */
final class ReleasedApps {

  /** The SDL as it was when an app was last released. */
  static final String SDL = "released/schema.graphqls";

  private final GraphQLSchema today;
  private final Optional<GraphQLSchema> released;

  ReleasedApps(Path schemaFolder, GraphQLSchema today) {
    this.today = today;
    this.released = released(schemaFolder.resolve(SDL));
  }

  private static Optional<GraphQLSchema> released(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          UnExecutableSchemaGenerator.makeUnExecutableSchema(
              new SchemaParser().parse(Files.readString(file))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }

  List<Finding> findings(List<Manifest> manifests) {
    List<DiffEvent> breaking = breaking();
    Set<DiffEvent> met = new LinkedHashSet<>();
    List<Finding> findings = new ArrayList<>();
    for (Manifest app : manifests) {
      app.documents()
          .values()
          .forEach(document -> findings.addAll(broken(app, document, breaking, met)));
    }
    for (DiffEvent event : breaking) {
      if (!met.contains(event)) {
        findings.add(
            Finding.warning(
                "%s. No released app uses it, so it breaks none that is known."
                    .formatted(what(event))));
      }
    }
    return findings;
  }

  private List<DiffEvent> breaking() {
    if (released.isEmpty()) {
      return List.of();
    }
    CapturingReporter reporter = new CapturingReporter();
    new SchemaDiff().diffSchema(SchemaDiffSet.diffSetFromSdl(released.get(), today), reporter);
    return reporter.getEvents().stream()
        .filter(event -> event.getLevel() == DiffLevel.BREAKING)
        .toList();
  }

  private List<Finding> broken(
      Manifest app, String text, List<DiffEvent> breaking, Set<DiffEvent> met) {
    ParsedDocument parsed = ParsedDocument.of(text);
    String screen = parsed.operationNames().getFirst();
    List<Finding> findings = new ArrayList<>();
    if (released.isPresent() && SchemaCheck.invalid(text, released.get()).isEmpty()) {
      FieldUse use = FieldUse.of(parsed.document(), released.get());
      for (DiffEvent event : breaking) {
        if (use.has(coordinate(event))) {
          met.add(event);
          findings.add(
              Finding.error(
                  "%s %s, screen %s: %s. %s"
                      .formatted(app.app(), app.version(), screen, what(event), instead(event))));
        }
      }
    }
    if (findings.isEmpty()) {
      for (ValidationError error : SchemaCheck.invalid(text, today)) {
        findings.add(
            Finding.error(
                "%s %s, screen %s: %s. Bring back what it asks for; when no one uses this version any more, remove %s."
                    .formatted(app.app(), app.version(), screen, error.getMessage(), app.file())));
      }
    }
    return findings;
  }

  private static String coordinate(DiffEvent event) {
    boolean field =
        event.getFieldName() != null
            && event.getTypeKind() != TypeKind.InputObject; // a document uses it as a whole
    return field ? event.getTypeName() + "." + event.getFieldName() : event.getTypeName();
  }

  private static String what(DiffEvent event) {
    String reason = event.getReasonMsg().replace("The new API", "The SDL");
    return reason.contains(event.getTypeName()) || event.getFieldName() == null
        ? reason
        : event.getTypeName() + "." + event.getFieldName() + ": " + reason;
  }

  private static String instead(DiffEvent event) {
    return event.getCategory() == DiffCategory.MISSING
        ? "Bring it back, with @deprecated, until no released app asks for it."
        : "Leave it as it was, and add a new field or argument beside it.";
  }
}
