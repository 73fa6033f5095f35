package dev.screenful.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.TestBench;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.FieldCoordinates;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Goes through the SDL type by type: each field is answered by one thing, and it is clear by which.
 */
final class WiredTypesTest {

  private final TypeDefinitionRegistry types = SchemaFiles.read(Path.of("schema"));
  private final RegisteredFields registered =
      new RegisteredFields(TestBench.shared().app().resolvers());

  @TestFactory
  Stream<DynamicTest> all_fields_of_a_type_are_answered() {
    return types.getTypes(ObjectTypeDefinition.class).stream()
        .map(type -> DynamicTest.dynamicTest(type.getName(), () -> assertAnswered(type)));
  }

  private void assertAnswered(ObjectTypeDefinition type) {
    String name = type.getName();
    List<FieldDefinition> fields =
        Stream.concat(
                Stream.of(type),
                types.objectTypeExtensions().getOrDefault(name, List.of()).stream())
            .flatMap(part -> part.getFieldDefinitions().stream())
            .toList();
    assertThat(fields)
        .isNotEmpty()
        .allSatisfy(field -> assertThat(answers(name, field.getName())).isEqualTo(1));
  }

  /** How many things answer a field. */
  private long answers(String type, String field) {
    boolean byResolver =
        registered.registrations().containsKey(FieldCoordinates.coordinates(type, field));
    boolean madeOfItself =
        byResolver && registered.needs(type, field).contains(field); // ids of nodes
    boolean byAttribute = registered.attributes(type).contains(field) && !madeOfItself;
    boolean byPage = ConnectionTypes.answers(type, field);
    return Stream.of(byResolver, byAttribute, byPage).filter(yes -> yes).count();
  }
}
