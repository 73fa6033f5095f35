package dev.screenful.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What every build does with the schema folder: checks it, and writes what apps need. */
public final class Build {

  private Build() {}

  /**
   * Checks and writes; exits with 1 where the check finds an error.
   *
   * @param arguments the schema folder and the folder for apps
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
  }
}
