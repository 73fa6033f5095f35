package dev.screenful.build;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares two schemas for apps with generated code. A change can break such an app even if its
 * documents are valid for both schemas.
 *
 * @param before the schema for which the app's code was generated
 * @param after the new schema
 */
record Compatibility(GraphQLSchema before, GraphQLSchema after) {

  private static final String REMEDY = "Keep it unchanged, and add a new field.";

  /** The breaking changes by coordinate, each with the problem and the remedy. */
  Map<String, String> breakingChanges(FieldUsage use) {
    Map<String, String> broken = new LinkedHashMap<>();
    use.fields().forEach(coordinate -> field(coordinate, broken));
    for (String name : use.types()) {
      switch (before.getType(name)) {
        case GraphQLInputObjectType input -> input(input, broken);
        case GraphQLEnumType values -> values(values, broken);
        case null, default -> {}
      }
    }
    return broken;
  }

  /** New values of enums and new types that a document may get, but its app does not know. */
  List<String> additions(FieldUsage use) {
    List<String> additions = new ArrayList<>();
    for (String name : use.results()) {
      Set<String> added = members(after, name);
      added.removeAll(members(before, name));
      if (!added.isEmpty()) {
        additions.add("'%s' gained %s".formatted(name, String.join(", ", added)));
      }
    }
    return additions;
  }

  /** The values of an enum, or the object types of an interface or union. */
  private static Set<String> members(GraphQLSchema schema, String name) {
    Set<String> names = new TreeSet<>();
    switch (schema.getType(name)) {
      case GraphQLEnumType type -> type.getValues().forEach(value -> names.add(value.getName()));
      case GraphQLInterfaceType type ->
          Objects.requireNonNullElse(schema.getImplementations(type), List.<GraphQLObjectType>of())
              .forEach(member -> names.add(member.getName()));
      case GraphQLUnionType type -> type.getTypes().forEach(member -> names.add(member.getName()));
      case null, default -> {}
    }
    return names;
  }

  private void field(String coordinate, Map<String, String> broken) {
    String type = coordinate.substring(0, coordinate.indexOf('.'));
    String name = coordinate.substring(type.length() + 1);
    GraphQLFieldDefinition old = Objects.requireNonNull(field(before, type, name));
    GraphQLFieldDefinition now = field(after, type, name);
    if (now == null) {
      broken.put(
          coordinate,
          "'%s' was removed. Restore it with @deprecated until no released app uses it."
              .formatted(coordinate));
    } else if (!fits(now.getType(), old.getType())) { // an output may become non-null, not nullable
      broken.put(coordinate, changed(coordinate, old.getType(), now.getType()));
    }
  }

  private static @Nullable GraphQLFieldDefinition field(
      GraphQLSchema schema, String type, String name) {
    return schema.getType(type) instanceof GraphQLFieldsContainer container
        ? container.getFieldDefinition(name)
        : null;
  }

  private void input(GraphQLInputObjectType old, Map<String, String> broken) {
    if (!(after.getType(old.getName()) instanceof GraphQLInputObjectType now)) {
      broken.put(old.getName(), "The input '%s' was removed. Restore it.".formatted(old.getName()));
      return;
    }
    if (now.isOneOf() && !old.isOneOf()) {
      broken.put(
          old.getName(),
          "The input '%s' became @oneOf, so that apps can't send several of its fields. Keep it unchanged, and add a new input."
              .formatted(old.getName()));
    }
    for (GraphQLInputObjectField field : old.getFieldDefinitions()) {
      String coordinate = old.getName() + "." + field.getName();
      GraphQLInputObjectField other = now.getFieldDefinition(field.getName());
      if (other == null) {
        broken.put(
            coordinate,
            "'%s' was removed. Restore it until no released app sends it.".formatted(coordinate));
      } else if (!fits(
              field.getType(), other.getType()) // an input may become nullable, not required
          || (isRequired(other) && !isRequired(field))) {
        broken.put(coordinate, changed(coordinate, field.getType(), other.getType()));
      }
    }
    for (GraphQLInputObjectField field : now.getFieldDefinitions()) {
      if (old.getFieldDefinition(field.getName()) == null && isRequired(field)) {
        String coordinate = old.getName() + "." + field.getName();
        broken.put(
            coordinate,
            "'%s' is new and required. Make it nullable, or add a default.".formatted(coordinate));
      }
    }
  }

  private static boolean isRequired(GraphQLInputObjectField field) {
    return GraphQLTypeUtil.isNonNull(field.getType()) && !field.hasSetDefaultValue();
  }

  private void values(GraphQLEnumType old, Map<String, String> broken) {
    if (after.getType(old.getName()) instanceof GraphQLEnumType now) {
      old.getValues().stream()
          .filter(value -> now.getValue(value.getName()) == null)
          .forEach(value ->
              broken.put(
                  old.getName(),
                  "The value '%s' of '%s' was removed. Restore it with @deprecated."
                      .formatted(value.getName(), old.getName())));
    }
  }

  private static String changed(String coordinate, GraphQLType old, GraphQLType now) {
    return "'%s' changed from %s to %s. %s"
        .formatted(
            coordinate, GraphQLTypeUtil.simplePrint(old), GraphQLTypeUtil.simplePrint(now), REMEDY);
  }

  /** Whether every value of one type is valid for another one. */
  private static boolean fits(GraphQLType narrow, GraphQLType wide) {
    if (GraphQLTypeUtil.isNonNull(wide) && !GraphQLTypeUtil.isNonNull(narrow)) {
      return false;
    }
    GraphQLType one = GraphQLTypeUtil.unwrapNonNull(narrow);
    GraphQLType other = GraphQLTypeUtil.unwrapNonNull(wide);
    if (GraphQLTypeUtil.isList(one) && GraphQLTypeUtil.isList(other)) {
      return fits(GraphQLTypeUtil.unwrapOne(one), GraphQLTypeUtil.unwrapOne(other));
    }
    return GraphQLTypeUtil.simplePrint(one).equals(GraphQLTypeUtil.simplePrint(other));
  }
}
