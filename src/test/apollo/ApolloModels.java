import com.apollographql.apollo.compiler.ApolloCompiler;
import com.apollographql.apollo.compiler.CodegenSchemaOptions;
import com.apollographql.apollo.compiler.InputFile;
import com.apollographql.apollo.compiler.OptionsKt;
import com.apollographql.apollo.compiler.TargetLanguage;
import com.apollographql.apollo.compiler.codegen.SourceOutputKt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs Apollo Kotlin's compiler like the Gradle plugin of an Android app. Writes Java models of all
 * screens, and the operation output: the id and the document of each operation, as the app will
 * send them. A separate script, because its output is compiled together with the tests.
 *
 * <p>Arguments: the complete SDL, the folder of the screens, a folder of further documents, the
 * folder for the models, the file for the operation output.
 */
final class ApolloModels {

  private ApolloModels() {}

  public static void main(String[] arguments) throws IOException {
    Path schema = Path.of(arguments[0]);
    Path screens = Path.of(arguments[1]);
    Path further = Path.of(arguments[2]);
    Path models = Path.of(arguments[3]);
    Path operations = Path.of(arguments[4]);
    Path keys = further.resolve("keys.graphqls");
    Files.createDirectories(operations.getParent());
    write(List.of(schema), Stream.of(screens), models, operations);
    write(
        Files.exists(keys) ? List.of(schema, keys) : List.of(schema),
        Stream.of(screens),
        models,
        models.resolveSibling("apollo-with-keys.json"));
    write(List.of(schema), Stream.of(screens, further), models, null); // replaces the models
  }

  private static void write(
      List<Path> schema, Stream<Path> documents, Path models, Path operations) {
    SourceOutputKt.writeTo(
        ApolloCompiler.INSTANCE.buildSchemaAndOperationsSources(
            schema.stream()
                .map(file -> new InputFile(file.toFile(), file.getFileName().toString()))
                .toList(),
            documents.flatMap(folder -> files(folder, ".graphql").stream()).toList(),
            new CodegenSchemaOptions(),
            OptionsKt.buildIrOptions(null, null, null, null, null, null, null, null, null, null),
            options(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            operations == null ? null : operations.toFile()),
        models.toFile(),
        true,
        null);
  }

  private static com.apollographql.apollo.compiler.CodegenOptions options() {
    return OptionsKt.buildCodegenOptions(
        TargetLanguage.JAVA,
        null,
        null,
        null,
        "operationOutput",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "apollo.models",
        null);
  }

  private static List<InputFile> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .map(file -> new InputFile(file.toFile(), folder.relativize(file).toString()))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
