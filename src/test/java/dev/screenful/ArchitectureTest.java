package dev.screenful;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks the dependencies between packages (rooms) that {@code docs/architecture.md} describes. The
 * app is every class of the project that is not of the engine.
 */
final class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPath(Path.of("target", "classes"));

  private static final DescribedPredicate<JavaClass> APP =
      DescribedPredicate.describe(
          "are of the app", type -> CLASSES.contain(type.getName()) && !isOfTheEngine(type));

  private static boolean isOfTheEngine(JavaClass type) {
    return (type.getPackageName() + ".").startsWith("dev.screenful.");
  }

  /** Classes of the app, or of a room of the engine that is not listed. */
  private static DescribedPredicate<JavaClass> inOtherRoomsThan(String... rooms) {
    Set<String> allowed = new HashSet<>();
    for (String room : rooms) {
      allowed.add("dev.screenful." + room);
    }
    return DescribedPredicate.describe(
        "live in another room",
        type ->
            APP.test(type) || (isOfTheEngine(type) && !allowed.contains(type.getPackageName())));
  }

  @Test
  void dependencies_follow_the_request_path_and_never_go_back() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.screenful..")
        .layer("front door")
        .definedBy("dev.screenful")
        .layer("gateway")
        .definedBy("dev.screenful.gateway")
        .layer("live")
        .definedBy("dev.screenful.live")
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
        .layer("compact")
        .definedBy("dev.screenful.compact")
        .layer("resolver")
        .definedBy("dev.screenful.resolver")
        .layer("store")
        .definedBy("dev.screenful.store")
        .layer("upload")
        .definedBy("dev.screenful.upload")
        .layer("priming")
        .definedBy("dev.screenful.priming")
        .layer("lambda")
        .definedBy("dev.screenful.lambda")
        .layer("local")
        .definedBy("dev.screenful.local")
        .layer("build")
        .definedBy("dev.screenful.build")
        .whereLayer("front door")
        .mayOnlyBeAccessedByLayers("local", "priming", "lambda")
        .whereLayer("priming")
        .mayOnlyBeAccessedByLayers("local", "lambda")
        .whereLayer("lambda")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("gateway")
        .mayOnlyBeAccessedByLayers("front door")
        .whereLayer("live")
        .mayOnlyBeAccessedByLayers("gateway", "front door", "priming", "lambda", "local")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("gateway", "front door", "local")
        .whereLayer("screens")
        .mayOnlyBeAccessedByLayers("http", "live", "front door", "local", "build")
        .whereLayer("execution")
        .mayOnlyBeAccessedByLayers("screens", "http", "live", "front door", "build", "local")
        .whereLayer("schema")
        .mayOnlyBeAccessedByLayers("execution", "front door", "build")
        .whereLayer("document")
        .mayOnlyBeAccessedByLayers("http", "screens", "execution", "build", "local")
        .whereLayer("compact")
        .mayOnlyBeAccessedByLayers("screens", "schema", "document", "build")
        .whereLayer("resolver")
        .mayOnlyBeAccessedByLayers(
            "schema",
            "execution",
            "screens",
            "http",
            "live",
            "front door",
            "priming",
            "build",
            "upload")
        .whereLayer("upload")
        .mayOnlyBeAccessedByLayers("priming", "local", "lambda")
        .whereLayer("build")
        .mayOnlyBeAccessedByLayers("local")
        .whereLayer("local")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void the_document_room_depends_on_no_schema_and_on_no_room_but_compact() {
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
        .dependOnClassesThat(inOtherRoomsThan("document", "compact"))
        .check(CLASSES);
  }

  @Test
  void the_compact_room_depends_on_syntax_trees_only() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.compact")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are neither syntax trees nor its own",
                type ->
                    inOtherRoomsThan("compact").test(type)
                        || (type.getPackageName().startsWith("graphql.")
                            && !type.getPackageName().equals("graphql.language"))))
        .check(CLASSES);
  }

  @Test
  void the_rooms_of_aws_depend_on_no_room_but_connection_and_crypto() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.aws")
        .should()
        .dependOnClassesThat(inOtherRoomsThan("aws", "connection", "crypto"))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.dynamodb")
        .should()
        .dependOnClassesThat(inOtherRoomsThan("dynamodb", "aws", "connection", "crypto"))
        .check(CLASSES);
  }

  @Test
  void the_runtime_room_knows_neither_the_app_nor_graphql() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.runtime")
        .should()
        .dependOnClassesThat(inOtherRoomsThan("runtime", "connection", "json", "telemetry"))
        .check(CLASSES);
  }

  @Test
  void the_connection_room_depends_on_no_other_room() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.connection")
        .should()
        .dependOnClassesThat(inOtherRoomsThan("connection"))
        .check(CLASSES);
  }

  @Test
  void the_schema_room_does_not_depend_on_requests() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful.schema")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.screenful.document",
            "dev.screenful.execution",
            "dev.screenful.crypto",
            "dev.screenful.telemetry")
        .check(CLASSES);
  }

  @Test
  void rooms_have_no_cyclic_dependencies() {
    SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_engine_does_not_depend_on_an_app() {
    noClasses()
        .that()
        .resideInAPackage("dev.screenful..")
        .should()
        .dependOnClassesThat(APP)
        .check(CLASSES);
  }

  @Test
  void an_app_uses_only_the_public_api() {
    noClasses()
        .that(APP)
        .and()
        .resideOutsideOfPackage("..local..")
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
        .allowEmptyShould(true) // the engine may be built without an app
        .check(CLASSES);
  }

  @Test
  void an_app_writes_only_through_the_transaction_of_a_mutation() {
    noClasses()
        .that(APP)
        .and()
        .resideOutsideOfPackage("..local..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.screenful\\.store\\.(Transactions|BulkWriter|Backfill)")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void deployed_code_does_not_import_development_code() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..local..", "com.sun.net.httpserver..", "org.eclipse.jetty..", "org.apache.commons..")
        .check(CLASSES);
  }

  @Test
  void lambda_graphql_java_and_dynamodb_are_used_only_in_their_own_rooms() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.screenful.gateway",
            "dev.screenful",
            "dev.screenful.priming",
            "dev.screenful.runtime",
            "dev.screenful.lambda",
            "..local..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.amazonaws..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.screenful.compact",
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
        .resideOutsideOfPackages(
            "dev.screenful.dynamodb",
            "dev.screenful.store",
            "dev.screenful.priming",
            "dev.screenful.lambda",
            "..local..")
        .and()
        .doNotHaveSimpleName("Backend")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.screenful.dynamodb")
        .check(CLASSES);
    noClasses().should().dependOnClassesThat().resideInAPackage("software.amazon..").check(CLASSES);
  }

  @Test
  void deployed_code_uses_no_random_generator_that_a_snapshot_copies() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..local..", "dev.screenful.build")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are generators with a state of their own",
                type ->
                    type.getFullName().equals("java.util.concurrent.ThreadLocalRandom")
                        || type.getFullName().equals("java.util.SplittableRandom")
                        || type.getFullName().equals("java.util.Random")))
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  @Test
  void deployed_code_uses_no_data_binding_and_no_reflection() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..local..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml.jackson.databind..", "java.lang.reflect..")
        .check(CLASSES);
  }

  @Test
  void every_static_field_is_final() {
    assertThat(
            CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL)))
        .isEmpty();
  }

  @Test
  void every_package_has_a_package_info() throws IOException {
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java"))) {
      List<Path> undocumented =
          folders
              .filter(folder ->
                  hasClasses(folder) && !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertThat(undocumented).isEmpty();
    }
  }

  private static boolean hasClasses(Path folder) {
    String[] names = folder.toFile().list((parent, name) -> name.endsWith(".java"));
    return names != null && names.length > 0;
  }
}
