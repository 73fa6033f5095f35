package dev.screenful.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The build step for the schema folder: checks it, and writes the files for apps and for the
 * function.
 */
public final class Build {

  private Build() {}

  /**
   * Checks the folder and writes the files. Exits with 1 if the check finds an error.
   *
   * @param arguments the schema folder, the folder for the files, and the folder for the compact
   *     form of the schema
   */
  public static void main(String[] arguments) throws IOException {
    Path schemaFolder = Path.of(arguments[0]);
    List<SchemaFinding> findings = SchemaCheck.findings(schemaFolder);
    for (SchemaFinding finding : findings) {
      System.err.println((finding.isError() ? "ERROR " : "WARNING ") + finding.text());
    }
    if (findings.stream().anyMatch(SchemaFinding::isError)) {
      System.exit(1);
    }
    DeprecatedField.of(schemaFolder).forEach(System.out::println);
    ClientFiles.write(schemaFolder, Path.of(arguments[1]));
    CompactForm.write(schemaFolder, Path.of(arguments[2]));
  }
}
