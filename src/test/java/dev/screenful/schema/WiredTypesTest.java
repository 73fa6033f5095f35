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

/** Checks each type of the SDL: exactly one source answers each field. */
final class WiredTypesTest {

  private final TypeDefinitionRegistry types = SchemaFiles.read(Path.of("schema"));
  private final RegisteredFields registered =
      new RegisteredFields(TestBench.shared().app().resolvers());

  @TestFactory
  Stream<DynamicTest> exactly_one_source_answers_each_field_of_a_type() {
    return types.getTypes(ObjectTypeDefinition.class).stream()
        .map(type -> DynamicTest.dynamicTest(type.getName(), () -> assertOneSource(type)));
  }

  private void assertOneSource(ObjectTypeDefinition type) {
    String name = type.getName();
    List<FieldDefinition> fields =
        Stream.concat(
                Stream.of(type),
                types.objectTypeExtensions().getOrDefault(name, List.of()).stream())
            .flatMap(part -> part.getFieldDefinitions().stream())
            .toList();
    assertThat(fields)
        .isNotEmpty()
        .allSatisfy(field -> assertThat(sources(name, field.getName())).isEqualTo(1));
  }

  /** The number of sources that answer a field: a resolver, an attribute or a page. */
  private long sources(String type, String field) {
    boolean byResolver =
        registered.registrations().containsKey(FieldCoordinates.coordinates(type, field));
    boolean readsOwnAttribute =
        byResolver && registered.needs(type, field).contains(field); // as ids of nodes do
    boolean byAttribute = registered.attributes(type).contains(field) && !readsOwnAttribute;
    boolean byPage = ConnectionTypes.answers(type, field);
    return Stream.of(byResolver, byAttribute, byPage).filter(yes -> yes).count();
  }
}
