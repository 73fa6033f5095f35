package dev.screenful.build;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
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
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The selections of an object.
   *
   * @param line the line of its field or fragment in the document
   * @param type the object's type, an interface, or the type of a fragment
   * @param fields the names of the fields that it selects in any case and without an alias, not
   *     counting those of fragments
   */
  record ObjectSelection(int line, GraphQLNamedType type, Set<String> fields) {}

  private final GraphQLSchema schema;
  private final Map<String, FragmentDefinition> fragments;
  private final Set<String> fields = new TreeSet<>();
  private final Set<String> types = new TreeSet<>();
  private final Set<String> results = new TreeSet<>();
  private final List<ObjectSelection> objects = new ArrayList<>();

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

  /** The names of the types of selected fields. */
  Set<String> results() {
    return results;
  }

  /** The selections of objects; those of the operations themselves are left out. */
  List<ObjectSelection> objects() {
    return objects;
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
      case InlineFragment fragment -> {
        GraphQLNamedType type =
            fragment.getTypeCondition() == null
                ? parent
                : type(fragment.getTypeCondition().getName());
        if (parent instanceof GraphQLUnionType) { // nothing around it can select the fields
          addObject(fragment, type, fragment.getSelectionSet());
        }
        visit(fragment.getSelectionSet(), type);
      }
      case FragmentSpread spread -> {
        FragmentDefinition fragment = Objects.requireNonNull(fragments.get(spread.getName()));
        GraphQLNamedType type = type(fragment.getTypeCondition().getName());
        addObject(fragment, type, fragment.getSelectionSet());
        visit(fragment.getSelectionSet(), type);
      }
      default -> throw new IllegalArgumentException("Unknown selection: " + selection);
    }
  }

  private void addObject(Node<?> selection, GraphQLNamedType type, SelectionSet selections) {
    int line = selection.getSourceLocation() == null ? 1 : selection.getSourceLocation().getLine();
    Set<String> always =
        selections.getSelectionsOfType(Field.class).stream()
            .filter(field -> field.getAlias() == null && field.getDirectives().isEmpty())
            .map(Field::getName)
            .collect(Collectors.toSet());
    objects.add(new ObjectSelection(line, type, always));
  }

  private void visit(Field field, GraphQLNamedType parent) {
    if (field.getName().startsWith("__") || !(parent instanceof GraphQLFieldsContainer container)) {
      return;
    }
    fields.add(parent.getName() + "." + field.getName());
    GraphQLFieldDefinition definition = container.getFieldDefinition(field.getName());
    definition.getArguments().forEach(argument -> addType(argument.getType()));
    addType(definition.getType());
    GraphQLNamedType type = GraphQLTypeUtil.unwrapAllAs(definition.getType());
    results.add(type.getName());
    if (field.getSelectionSet() != null) {
      addObject(field, type, field.getSelectionSet());
    }
    visit(field.getSelectionSet(), type);
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
