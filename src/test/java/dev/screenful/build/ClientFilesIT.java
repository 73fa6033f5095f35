package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.kit.RequiredTools;
import dev.screenful.notes.NotesDevelopment;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files for apps: those that {@code mvn package} writes for the project's app, and those of
 * Notes.
 */
final class ClientFilesIT {

  private static final Path FOLDER = Path.of("target/clients");

  @Test
  void both_forms_of_the_schema_are_equivalent_and_all_screens_are_valid()
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    RequiredTools.Run run = RequiredTools.node("client-files.mjs", FOLDER.toString());

    assertThat(run.exit()).as(run.output()).isZero();
    JsonNode found = new ObjectMapper().readTree(run.output());
    assertThat(found.get("operations")).hasSameSizeAs(Screen.folder(Path.of("schema", "screens")));
    assertThat(found.get("errors")).isEmpty();
    assertThat(found.get("differences")).isEmpty();
  }

  @Test
  void the_sdl_keeps_descriptions_and_directives(@TempDir Path folder) throws IOException {
    ClientFiles.write(NotesDevelopment.SCHEMA, folder);
    String sdl = Files.readString(folder.resolve("schema.graphqls"));

    assertThat(sdl)
        .contains(
            "type Notebook implements Node @cacheControl(maxAge : 3600)",
            "directive @defer",
            "\"A notebook, open to all.\"",
            "@public(why : \"It returns only the caller's own data.\")");
  }

  @Test
  void the_manifest_is_in_apollos_format() throws IOException {
    JsonNode manifest =
        new ObjectMapper().readTree(FOLDER.resolve("persisted-query-manifest.json").toFile());

    assertThat(manifest.get("format").asText()).isEqualTo("apollo-persisted-query-manifest");
    assertThat(manifest.get("version").asInt()).isEqualTo(1);
    assertThat(manifest.get("operations"))
        .allSatisfy(operation -> {
          assertThat(operation.get("id").asText()).matches("[0-9a-f]{64}");
          assertThat(operation.get("type").asText()).isIn("query", "mutation", "subscription");
          assertThat(operation.get("body").asText())
              .startsWith(operation.get("type").asText() + " " + operation.get("name").asText());
        });
  }

  @Test
  void each_custom_scalar_has_its_type_for_all_three_code_generators(@TempDir Path folder)
      throws IOException {
    Path schema = Files.createDirectories(folder.resolve("schema"));
    Files.createDirectories(schema.resolve("screens"));
    Files.writeString(
        schema.resolve("app.graphqls"),
        "type Query { a(b: Int): String! c: ID }\n"
            + Stream.of(
                    "DateTime,Date,LocalDate,LocalTime,Url,UUID,CountryCode,Currency,Locale,PositiveInt,NonNegativeInt,Long,BigDecimal,SyncToken"
                        .split(",", -1))
                .map("scalar %s\n"::formatted)
                .collect(Collectors.joining()));
    ClientFiles.write(schema, folder);

    assertThat(Files.readString(folder.resolve("scalars.ts")))
        .contains(
            "export const scalars = {\n  BigDecimal: \"number\",\n  CountryCode: \"string\",\n",
            "  Long: \"number\",\n",
            "  SyncToken: \"string\",\n",
            "} as const;")
        .doesNotContain("unknown", "String:");
    assertThat(Files.readString(folder.resolve("scalars.gradle.kts")))
        .contains(
            "mapScalarToKotlinString(\"DateTime\")\n",
            "mapScalarToKotlinInt(\"PositiveInt\")\n",
            "mapScalarToKotlinLong(\"Long\")\n",
            "mapScalarToKotlinDouble(\"BigDecimal\")\n")
        .doesNotContain("Any");
    assertThat(Files.readString(folder.resolve("scalars.swift")))
        .contains("typealias DateTime = String\n", "typealias NonNegativeInt = Int\n");
    assertThat(folder.resolve("sync.ts")).doesNotExist(); // this schema has no changes
    assertThat(FOLDER.resolve("sync.ts")).exists();
  }

  @Test
  void the_build_package_is_not_deployed() {
    assertThat(Path.of("target/function/dev/screenful/execution")).exists();
    assertThat(Path.of("target/function/dev/screenful/build")).doesNotExist();
  }
}
