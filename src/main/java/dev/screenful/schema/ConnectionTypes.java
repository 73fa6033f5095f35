package dev.screenful.schema;

import java.util.Set;

/**
 * The types of Relay's connection specification, recognised by their names: {@code *Connection},
 * {@code *Edge} and {@code PageInfo}.
 *
 * @see <a href="https://relay.dev/graphql/connections.htm">GraphQL Cursor Connections</a>
 */
public final class ConnectionTypes {

  private static final Set<String> CURSORS = Set.of("cursor", "startCursor", "endCursor");

  private ConnectionTypes() {}

  /** Whether a type is a connection. The specification reserves names that end so. */
  public static boolean isConnection(String typeName) {
    return typeName.endsWith("Connection");
  }

  /** Whether the engine itself answers a field, from the page that a resolver returned. */
  static boolean answers(String typeName, String field) {
    if (isConnection(typeName)) {
      return Set.of("edges", "pageInfo").contains(field);
    }
    if (typeName.endsWith("Edge")) {
      return Set.of("node", "cursor").contains(field);
    }
    return typeName.equals("PageInfo")
        && Set.of("hasNextPage", "hasPreviousPage", "startCursor", "endCursor").contains(field);
  }

  /** Whether a field holds a cursor. */
  static boolean isCursor(String typeName, String field) {
    return answers(typeName, field) && CURSORS.contains(field);
  }
}
