package dev.screenful.schema;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of Relay's connection specification. They are recognised by their fields, because an
 * app may have a type {@code FlightConnection} of its own kind.
 *
 * @see <a href="https://relay.dev/graphql/connections.htm">GraphQL Cursor Connections</a>
 */
public final class ConnectionTypes {

  private static final Set<String> CONNECTION = Set.of("edges", "pageInfo");
  private static final Set<String> EDGE = Set.of("node", "cursor");
  private static final Set<String> PAGE_INFO =
      Set.of("hasNextPage", "hasPreviousPage", "startCursor", "endCursor");

  private ConnectionTypes() {}

  /** Whether a type is a connection: an object with {@code edges} and {@code pageInfo}. */
  public static boolean isConnection(@Nullable GraphQLType type) {
    return type instanceof GraphQLObjectType object && has(object, CONNECTION);
  }

  private static boolean has(GraphQLObjectType type, Set<String> fields) {
    for (String field : fields) {
      if (type.getFieldDefinition(field) == null) {
        return false;
      }
    }
    return true;
  }

  /** Whether the engine itself answers a field, from the page that a resolver returned. */
  static boolean answers(GraphQLObjectType type, GraphQLFieldDefinition field) {
    if (isConnection(type)) {
      return CONNECTION.contains(field.getName());
    }
    if (has(type, EDGE)) {
      return EDGE.contains(field.getName());
    }
    return type.getName().equals("PageInfo") && PAGE_INFO.contains(field.getName());
  }
}
