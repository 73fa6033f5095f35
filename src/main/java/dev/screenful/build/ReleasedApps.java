package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import dev.screenful.schema.ReleasedSdl;
import dev.screenful.screens.Manifest;
import graphql.schema.GraphQLSchema;
import graphql.schema.diff.DiffEvent;
import graphql.schema.diff.DiffLevel;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds changes that would break released apps, by comparing the current SDL with the last released
 * one. A change is an error if a released document uses it, even if the document is still valid: an
 * app whose code was generated for {@code String!} can't read null.
 */
final class ReleasedApps {

  private final GraphQLSchema today;
  private final Optional<GraphQLSchema> released;

  ReleasedApps(Path schemaFolder, GraphQLSchema today) {
    this.today = today;
    this.released = ReleasedSdl.types(schemaFolder);
  }

  /** Errors for changes that break a released document, and warnings for other breaking changes. */
  List<SchemaFinding> findings(List<Manifest> manifests) {
    Set<String> reported = new TreeSet<>();
    Map<String, Set<String>> additions = new TreeMap<>();
    Set<SchemaFinding> findings = new LinkedHashSet<>(); // the forms of a screen have the same ones
    for (Manifest app : manifests) {
      for (String document : app.documents().values()) {
        errors(app, document, reported).forEach(text -> findings.add(SchemaFinding.error(text)));
        for (String addition : additions(document)) {
          additions.computeIfAbsent(addition, unseen -> new TreeSet<>()).add(where(app, document));
        }
      }
    }
    additions.forEach((addition, places) ->
        findings.add(
            SchemaFinding.warning(
                "%s, which reach released apps that do not know them: %s. Check that these apps accept unknown ones (docs/schema.md)."
                    .formatted(addition, String.join("; ", places)))));
    for (DiffEvent event : breaking()) {
      if (!reported.contains(event.getTypeName())
          && !reported.contains(event.getTypeName() + "." + event.getFieldName())) {
        findings.add(
            SchemaFinding.warning("%s. No known released app uses it.".formatted(message(event))));
      }
    }
    return List.copyOf(findings);
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

  private List<String> errors(Manifest app, String text, Set<String> reported) {
    String prefix = where(app, text) + ": ";
    Map<String, String> changes =
        usage(text)
            .map(use -> new Compatibility(released.orElseThrow(), today).breakingChanges(use))
            .orElse(Map.of());
    reported.addAll(changes.keySet());
    if (!changes.isEmpty()) {
      return changes.values().stream().map(change -> prefix + change).toList();
    }
    return SchemaCheck.invalid(text, today).stream()
        .map(error ->
            "%s%s Change the SDL so that the document is valid again, or remove %s if this version is no longer used."
                .formatted(prefix, error.getMessage(), app.file()))
        .toList();
  }

  private List<String> additions(String text) {
    return usage(text)
        .map(use -> new Compatibility(released.orElseThrow(), today).additions(use))
        .orElse(List.of());
  }

  /** The usage of the released schema; empty if there is none, or the document is newer. */
  private Optional<FieldUsage> usage(String text) {
    return released
        .filter(before -> SchemaCheck.invalid(text, before).isEmpty())
        .map(before -> FieldUsage.of(ParsedDocument.of(text).document(), before));
  }

  private static String where(Manifest app, String text) {
    return "%s %s, screen %s"
        .formatted(app.app(), app.version(), ParsedDocument.of(text).operationNames().getFirst());
  }

  private static String message(DiffEvent event) {
    String reason = event.getReasonMsg().replace("The new API", "The SDL");
    return reason.contains(event.getTypeName()) || event.getFieldName() == null
        ? reason
        : event.getTypeName() + "." + event.getFieldName() + ": " + reason;
  }
}
