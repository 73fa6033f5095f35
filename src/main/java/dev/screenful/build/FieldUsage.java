package dev.screenful.build;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a schema that a document uses: fields as {@code Type.field}, and the names of types,
 * including those of its arguments. Fields that a variable can skip count too.
 */
final class FieldUsage {

  private final GraphQLSchema schema;
  private final Map<String, FragmentDefinition> fragments;
  private final Set<String> fields = new TreeSet<>();
  private final Set<String> types = new TreeSet<>();

  private FieldUsage(Document document, GraphQLSchema schema) {
    this.schema = schema;
    this.fragments =
        document.getDefinitionsOfType(FragmentDefinition.class).stream()
            .collect(Collectors.toMap(FragmentDefinition::getName, Function.identity()));
  }

  /** The usage of a document that is valid for the schema. */
  static FieldUsage of(Document document, GraphQLSchema schema) {
    FieldUsage use = new FieldUsage(document, schema);
    for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
      use.visit(operation.getSelectionSet(), use.root(operation.getOperation()));
    }
    return use;
  }

  /** The fields, as {@code Type.field}. */
  Set<String> fields() {
    return fields;
  }

  /** The names of types. */
  Set<String> types() {
    return types;
  }

  private GraphQLNamedType root(OperationDefinition.Operation operation) {
    return Objects.requireNonNull(
        switch (operation) {
          case QUERY -> schema.getQueryType();
          case MUTATION -> schema.getMutationType();
          case SUBSCRIPTION -> schema.getSubscriptionType();
        });
  }

  private void visit(@Nullable SelectionSet set, GraphQLNamedType parent) {
    if (set != null) {
      set.getSelections().forEach(selection -> visit(selection, parent));
    }
  }

  private void visit(Selection<?> selection, GraphQLNamedType parent) {
    switch (selection) {
      case Field field -> visit(field, parent);
      case InlineFragment fragment ->
          visit(
              fragment.getSelectionSet(),
              fragment.getTypeCondition() == null
                  ? parent
                  : type(fragment.getTypeCondition().getName()));
      case FragmentSpread spread -> {
        FragmentDefinition fragment = Objects.requireNonNull(fragments.get(spread.getName()));
        visit(fragment.getSelectionSet(), type(fragment.getTypeCondition().getName()));
      }
      default -> throw new IllegalArgumentException("Unknown selection: " + selection);
    }
  }

  private void visit(Field field, GraphQLNamedType parent) {
    if (field.getName().startsWith("__") || !(parent instanceof GraphQLFieldsContainer container)) {
      return;
    }
    fields.add(parent.getName() + "." + field.getName());
    GraphQLFieldDefinition definition = container.getFieldDefinition(field.getName());
    definition.getArguments().forEach(argument -> addType(argument.getType()));
    addType(definition.getType());
    visit(field.getSelectionSet(), GraphQLTypeUtil.unwrapAllAs(definition.getType()));
  }

  private void addType(GraphQLType type) {
    GraphQLNamedType named = GraphQLTypeUtil.unwrapAllAs(type);
    if (types.add(named.getName()) && named instanceof GraphQLInputObjectType input) {
      input.getFieldDefinitions().forEach(field -> addType(field.getType()));
    }
  }

  private GraphQLNamedType type(String name) {
    return (GraphQLNamedType) Objects.requireNonNull(schema.getType(name));
  }
}
