package dev.screenful.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code target/sbom.json}, in the format of CycloneDX. */
public final class Sbom {

  static final Path FILE = Path.of("target/sbom.json");

  private Sbom() {}

  /**
   * A library.
   *
   * @param name the artifact id
   * @param sha256 the hash of the jar, in hex
   * @param licences SPDX ids, or the texts of licences that have none
   */
  public record Library(String name, String version, String sha256, List<String> licences) {}

  /** The libraries. */
  public static List<Library> read() throws IOException {
    List<Library> libraries = new ArrayList<>();
    for (JsonNode component : Phone.JSON.readTree(FILE.toFile()).get("components")) {
      String sha256 = "";
      for (JsonNode hash : component.get("hashes")) {
        if (hash.get("alg").asText().equals("SHA-256")) {
          sha256 = hash.get("content").asText();
        }
      }
      List<String> licences = new ArrayList<>();
      for (JsonNode licence : component.path("licenses")) {
        licences.add(licence.at("/license/id").asText(licence.toString()));
      }
      libraries.add(
          new Library(
              component.get("name").asText(), component.get("version").asText(), sha256, licences));
    }
    return libraries;
  }
}
