package dev.screenful.build;

import dev.screenful.resolver.Resolvers;
import dev.screenful.schema.AppSchema;
import dev.screenful.schema.InvalidSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The build step for the schema folder: checks it, and writes the files for clients, for the
 * function and for its dashboard.
 */
public final class Build {

  private Build() {}

  /**
   * Checks a schema folder and the registrations of an app, and prints the warnings.
   *
   * @param resolvers the app's resolver classes
   * @throws IllegalStateException listing all errors
   */
  public static void check(Path schemaFolder, Collection<? extends Resolvers> resolvers) {
    check(schemaFolder, resolvers, warning -> System.err.println("WARNING " + warning));
  }

  /**
   * Checks a schema folder and the registrations of an app.
   *
   * @param warnings receives the warnings
   * @throws IllegalStateException listing all errors
   */
  public static void check(
      Path schemaFolder, Collection<? extends Resolvers> resolvers, Consumer<String> warnings) {
    Set<SchemaFinding> findings = new LinkedHashSet<>(); // a wrong SDL is found twice
    try {
      AppSchema.of(schemaFolder, resolvers);
    } catch (InvalidSchema wrong) {
      findings.add(SchemaFinding.error(String.valueOf(wrong.getMessage())));
    }
    findings.addAll(SchemaCheck.findings(schemaFolder));
    List<String> errors = new ArrayList<>();
    for (SchemaFinding finding : findings) {
      if (finding.isError()) {
        errors.add(finding.text());
      } else {
        warnings.accept(finding.text());
      }
    }
    if (!errors.isEmpty()) {
      throw new IllegalStateException(String.join("\n", errors));
    }
  }

  /**
   * Checks a schema folder, and writes the files for clients, the compact form and the dashboard.
   *
   * @param clients the folder for the files of clients
   * @param compact the folder for the compact form of the schema
   * @param dashboard the folder for the widgets of the dashboard
   * @throws IllegalStateException if the check finds an error
   */
  public static void run(
      Path schemaFolder,
      Collection<? extends Resolvers> resolvers,
      Path clients,
      Path compact,
      Path dashboard)
      throws IOException {
    check(schemaFolder, resolvers);
    DeprecatedField.of(schemaFolder).forEach(System.out::println);
    ClientFiles.write(schemaFolder, clients);
    CompactForm.write(schemaFolder, compact);
    Dashboard.write(schemaFolder, dashboard);
  }
}
