package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import dev.screenful.screens.Manifest;
import graphql.schema.GraphQLSchema;
import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.DiffLevel;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

  List<SchemaFinding> findings(List<Manifest> manifests) {
    Set<String> met = new TreeSet<>();
    List<SchemaFinding> findings = new ArrayList<>();
    for (Manifest app : manifests) {
      for (String document : app.documents().values()) {
        broken(app, document, met).forEach(text -> findings.add(SchemaFinding.error(text)));
      }
    }
    for (DiffEvent event : breaking()) {
      if (!met.contains(event.getTypeName())
          && !met.contains(event.getTypeName() + "." + event.getFieldName())) {
        findings.add(
            SchemaFinding.warning(
                "%s. No released app meets it, so it breaks none that is known."
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

  private List<String> broken(Manifest app, String text, Set<String> met) {
    ParsedDocument parsed = ParsedDocument.of(text);
    String who =
        "%s %s, screen %s: "
            .formatted(app.app(), app.version(), parsed.operationNames().getFirst());
    Map<String, String> changes =
        released
            .filter(before -> SchemaCheck.invalid(text, before).isEmpty())
            .map(before ->
                new Compatibility(before, today).broken(FieldUsage.of(parsed.document(), before)))
            .orElse(Map.of());
    met.addAll(changes.keySet());
    if (!changes.isEmpty()) {
      return changes.values().stream().map(change -> who + change).toList();
    }
    return SchemaCheck.invalid(text, today).stream()
        .map(error ->
            "%s%s. Bring back what it asks for; when no one uses this version any more, remove %s."
                .formatted(who, error.getMessage(), app.file()))
        .toList();
  }

  private static String what(DiffEvent event) {
    String reason = event.getReasonMsg().replace("The new API", "The SDL");
    return reason.contains(event.getTypeName()) || event.getFieldName() == null
        ? reason
        : event.getTypeName() + "." + event.getFieldName() + ": " + reason;
  }
}
