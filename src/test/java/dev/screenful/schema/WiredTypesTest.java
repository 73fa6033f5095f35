package dev.screenful.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.notes.NotesBench;
import dev.screenful.notes.NotesDevelopment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Checks each type of the SDL: exactly one source answers each field. */
final class WiredTypesTest {

  private final GraphQLSchema types = SdlTypes.of(NotesDevelopment.SCHEMA);
  private final RegisteredFields registered =
      new RegisteredFields(NotesBench.shared().app().resolvers());

  WiredTypesTest() {
    registered.answerSubscriptions(types);
  }

  @TestFactory
  Stream<DynamicTest> exactly_one_source_answers_each_field_of_a_type() {
    return AppSchema.objectTypes(types).stream()
        .map(type -> DynamicTest.dynamicTest(type.getName(), () -> assertOneSource(type)));
  }

  private void assertOneSource(GraphQLObjectType type) {
    assertThat(type.getFieldDefinitions())
        .isNotEmpty()
        .allSatisfy(field -> assertThat(sources(type, field)).isEqualTo(1));
  }

  /** The number of sources that answer a field: a resolver, an attribute or a page. */
  private long sources(GraphQLObjectType type, GraphQLFieldDefinition field) {
    String name = field.getName();
    boolean byResolver =
        registered.registrations().containsKey(FieldCoordinates.coordinates(type, field));
    boolean readsOwnAttribute =
        byResolver && registered.needs(type.getName(), name).contains(name); // as ids of nodes do
    boolean byAttribute =
        registered.attributes(type.getName()).contains(name) && !readsOwnAttribute;
    boolean byPage = ConnectionTypes.answers(type, field);
    return Stream.of(byResolver, byAttribute, byPage).filter(yes -> yes).count();
  }
}
