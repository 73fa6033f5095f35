package dev.screenful.schema;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The types of a schema that an operation can reach. All others, such as {@code Changes} in an app
 * without sync, need no answers.
 */
final class UsedTypes {

  private UsedTypes() {}

  /**
   * The names of the types that the fields of the root types return, and their fields, and so on.
   */
  static Set<String> of(GraphQLSchema schema) {
    Set<String> used = new HashSet<>(AppSchema.roots(schema));
    Deque<GraphQLNamedType> next = new ArrayDeque<>();
    for (String root : used) {
      next.add(Objects.requireNonNull(schema.getObjectType(root)));
    }
    while (!next.isEmpty()) {
      GraphQLNamedType type = next.remove();
      if (type instanceof GraphQLFieldsContainer container) {
        for (GraphQLFieldDefinition field : container.getFieldDefinitions()) {
          add(GraphQLTypeUtil.unwrapAll(field.getType()), used, next);
        }
      }
      if (type instanceof GraphQLInterfaceType face) {
        for (GraphQLObjectType implementation : implementations(schema, face)) {
          add(implementation, used, next);
        }
      }
      if (type instanceof GraphQLUnionType union) {
        for (GraphQLNamedOutputType member : union.getTypes()) {
          add(member, used, next);
        }
      }
    }
    return used;
  }

  private static List<GraphQLObjectType> implementations(
      GraphQLSchema schema, GraphQLInterfaceType face) {
    return Objects.requireNonNullElse(schema.getImplementations(face), List.of());
  }

  private static void add(GraphQLNamedType type, Set<String> used, Deque<GraphQLNamedType> next) {
    if (used.add(type.getName())) {
      next.add(type);
    }
  }
}
