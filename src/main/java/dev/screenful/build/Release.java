package dev.screenful.build;

import dev.screenful.compact.TextFile;
import dev.screenful.json.Json;
import dev.screenful.schema.ReleasedSdl;
import dev.screenful.screens.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Records a released version of an app: its documents and the current SDL. Run it on the commit
 * that the app was built from. From then on, {@link SchemaCheck} compares every change with it.
 */
public final class Release {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private Release() {}

  /**
   * Records a release.
   *
   * @param arguments the schema folder, the app, its version, and the manifest of its build;
   *     without a manifest, the current screens
   */
  public static void main(String[] arguments) throws IOException {
    try {
      String manifest = arguments.length > 3 ? arguments[3] : "";
      System.out.println(record(Path.of(arguments[0]), arguments[1], arguments[2], manifest));
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(1);
    }
  }

  /** Records a release, and returns a summary. */
  static String record(Path schemaFolder, String app, String version, String manifest)
      throws IOException {
    for (String name : List.of(app, version)) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "Set the app and its version, as in -Dapp=my-app-ios -DappVersion=2.1.0; '%s' is invalid."
                .formatted(name));
      }
    }
    refuseErrors(schemaFolder);
    Path file = schemaFolder.resolve("released").resolve(app).resolve(version + ".json");
    String documents =
        manifest.isEmpty()
            ? Json.text(ClientFiles.released(schemaFolder.resolve("screens")))
            : manifest(Path.of(manifest));
    if (Files.exists(file)) {
      if (!TextFile.read(file).equals(documents)) {
        throw new IllegalStateException(
            file + " already exists with other content. Use a new version.");
      }
      return "%s %s is already recorded.".formatted(app, version);
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, documents);
    try {
      Manifest recorded = Manifest.read(file);
      refuseErrors(schemaFolder); // its documents are valid for the current SDL
      Path sdl = schemaFolder.resolve(ReleasedSdl.FILE);
      Files.writeString(sdl, ClientSchema.of(schemaFolder).sdl());
      return "%s %s is recorded with %d documents. Commit %s and %s."
          .formatted(app, version, recorded.documents().size(), file, sdl);
    } catch (IllegalStateException noManifest) {
      Files.delete(file);
      throw noManifest;
    }
  }

  private static String manifest(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("The file " + file + " does not exist.");
    }
    return TextFile.read(file);
  }

  private static void refuseErrors(Path schemaFolder) {
    List<String> errors =
        SchemaCheck.findings(schemaFolder).stream()
            .filter(SchemaFinding::isError)
            .map(SchemaFinding::text)
            .toList();
    if (!errors.isEmpty()) {
      throw new IllegalStateException(String.join("\n", errors));
    }
  }
}
