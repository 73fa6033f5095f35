package dev.screenful;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms, as {@code docs/architecture.md} draws them. */
final class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.screenful", "dev.layover");

  @Test
  void a_request_is_passed_forward_through_the_rooms_and_never_back() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.screenful..")
        .layer("front door")
        .definedBy("dev.screenful")
        .layer("gateway")
        .definedBy("dev.screenful.gateway")
        .layer("http")
        .definedBy("dev.screenful.http")
        .layer("screens")
        .definedBy("dev.screenful.screens")
        .layer("execution")
        .definedBy("dev.screenful.execution")
        .layer("schema")
        .definedBy("dev.screenful.schema")
        .layer("document")
        .definedBy("dev.screenful.document")
        .layer("resolver")
        .definedBy("dev.screenful.resolver")
        .layer("store")
        .definedBy("dev.screenful.store")
        .layer("local")
        .definedBy("dev.screenful.local")
        .layer("build")
        .definedBy("dev.screenful.build")
        .whereLayer("front door")
        .mayOnlyBeAccessedByLayers("local")
        .whereLayer("gateway")
        .mayOnlyBeAccessedByLayers("front door")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("gateway", "front door")
        .whereLayer("screens")
        .mayOnlyBeAccessedByLayers("http", "front door", "local", "build")
        .whereLayer("execution")
        .mayOnlyBeAccessedByLayers("screens", "http", "front door", "build", "local")
        .whereLayer("schema")
        .mayOnlyBeAccessedByLayers("execution", "front door", "build")
        .whereLayer("document")
        .mayOnlyBeAccessedByLayers("http", "screens", "execution", "build", "local")
        .whereLayer("resolver")
        .mayOnlyBeAccessedByLayers("schema", "execution", "screens", "http", "front door")
        .whereLayer("build")
        .mayOnlyBeAccessedByLayers("local")
        .whereLayer("local")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void a_document_knows_no_schema_and_no_other_room() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.document")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("graphql.schema..", "graphql.execution..", "software.amazon..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.document")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "live in another room",
                type ->
                    type.getPackageName().startsWith("dev.")
                        && !type.getPackageName().equals("dev.screenful.document")))
        .check(CLASSES);
  }

  @Test
  void a_schema_knows_no_request() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.schema")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.screenful.document",
            "dev.screenful.execution",
            "dev.screenful.crypto",
            "dev.screenful.json",
            "dev.screenful.telemetry")
        .check(CLASSES);
  }

  @Test
  void no_rooms_depend_on_each_other_in_a_circle() {
    SlicesRuleDefinition.slices().matching("dev.(*.*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_engine_knows_no_app() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.layover..")
        .check(CLASSES);
  }

  @Test
  void an_app_stands_on_the_public_face_only() {
    noClasses()
        .that()
        .resideInAPackage("dev.layover")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.screenful.gateway",
            "dev.screenful.http",
            "dev.screenful.screens",
            "dev.screenful.document",
            "dev.screenful.execution",
            "dev.screenful.schema",
            "dev.screenful.crypto",
            "dev.screenful.json")
        .check(CLASSES);
  }

  @Test
  void an_app_writes_by_the_transaction_that_a_mutation_is_handed_only() {
    noClasses()
        .that()
        .resideInAPackage("dev.layover")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.screenful\\.store\\.(Transactions|BulkWriter|Backfill)")
        .check(CLASSES);
  }

  @Test
  void nothing_imports_what_is_for_development() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..local..", "com.sun.net.httpserver..", "org.apache.commons..")
        .check(CLASSES);
  }

  @Test
  void
      only_the_gateway_knows_lambda_only_document_schema_and_execution_know_graphql_java_only_the_store_knows_the_sdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.screenful.gateway", "dev.screenful", "..local..")
        .and()
        .doNotHaveSimpleName("LayoverFunction")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.amazonaws..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.screenful.document",
            "dev.screenful.schema",
            "dev.screenful.execution",
            "dev.screenful.build")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("graphql..", "org.dataloader..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.screenful.store", "..local..")
        .and()
        .doNotHaveSimpleName("Backend")
        .and()
        .doNotHaveSimpleName("LayoverFunction")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void nothing_that_is_deployed_binds_data_or_reflects() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson.databind..", "java.lang.reflect..")
        .check(CLASSES);
  }

  @Test
  void no_static_field_can_change() {
    assertThat(
            CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL)))
        .isEmpty();
  }

  @Test
  void every_package_says_what_it_is_for() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java"))) {
      List<Path> silent =
          folders
              .filter(folder ->
                  hasClasses(folder) && !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertThat(silent).isEmpty();
    }
  }

  private static boolean hasClasses(Path folder) {
    String[] names = folder.toFile().list((parent, name) -> name.endsWith(".java"));
    return names != null && names.length > 0;
  }
}
