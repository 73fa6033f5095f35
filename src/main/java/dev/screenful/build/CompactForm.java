package dev.screenful.build;

import dev.screenful.document.Budget;
import dev.screenful.schema.AppSchema;
import dev.screenful.schema.ReleasedSdl;
import dev.screenful.schema.SdlTypes;
import dev.screenful.screens.KnownDocument;
import dev.screenful.screens.KnownScreen;
import dev.screenful.screens.KnownScreens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the schema and the known documents in the form that the deployed function reads at its
 * start. So a start neither parses, validates nor normalises anything.
 */
final class CompactForm {

  private final BinaryWriter out = new BinaryWriter();

  private CompactForm() {}

  /** Writes both files for a schema folder. */
  static void write(Path schemaFolder, Path folder) throws IOException {
    Path output = Files.createDirectories(folder);
    Files.write(output.resolve(AppSchema.COMPACT), schema(schemaFolder));
    Files.write(output.resolve(KnownScreens.COMPACT), screens(schemaFolder));
  }

  private static byte[] schema(Path schemaFolder) {
    BinaryWriter out = new BinaryWriter();
    new SchemaWriter(out).schema(SdlTypes.of(schemaFolder));
    out.list(ReleasedSdl.nonNullFields(schemaFolder), out::text);
    return out.toByteArray();
  }

  private static byte[] screens(Path schemaFolder) {
    CompactForm form = new CompactForm();
    Map<String, List<KnownDocument>> byNormalForm =
        SentDocuments.of(schemaFolder).documents().stream()
            .collect(
                Collectors.groupingBy(
                    KnownDocument::normalForm, LinkedHashMap::new, Collectors.toList()));
    form.out.list(byNormalForm.values(), form::equivalent);
    return form.out.toByteArray();
  }

  private void equivalent(List<KnownDocument> documents) {
    screen(documents.getFirst().screen());
    out.text(documents.getFirst().normalForm());
    out.list(documents, this::document);
  }

  private void screen(KnownScreen screen) {
    out.text(screen.name());
    out.optional(screen.budget().orElse(null), this::budget);
    out.list(new TreeSet<>(screen.logged()), out::text);
  }

  private void budget(Budget budget) {
    out.number(budget.bytes());
    out.number(budget.reads());
    out.number(budget.trips());
  }

  private void document(KnownDocument document) {
    out.text(document.text());
    out.list(new TreeSet<>(document.ids()), out::text);
    BinaryWriter tree = new BinaryWriter();
    new DocumentWriter(tree).document(document.parsed().get().document());
    out.bytes(tree.toByteArray());
  }
}
