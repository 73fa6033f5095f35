package dev.screenful.execution;

import dev.screenful.store.Page;
import dev.screenful.store.Position;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page as Relay's connection specification shows it: {@code edges} with {@code node} and {@code
 * cursor}, and {@code pageInfo}. A type whose name ends in {@code Connection} is one, as that
 * specification reserves the name.
 *
 * @param page what the resolver returned
 * @param cursor makes the cursor of a position in this list
 */
record Connection(Page page, Function<Position, String> cursor) {

  /** One of a connection's edges. */
  record Edge(Page.Entry entry, Function<Position, String> cursor) {}

  /** Where a connection's page lies. */
  record PageInfo(Page page, Function<Position, String> cursor) {}

  static boolean isConnection(String typeName) {
    return typeName.endsWith("Connection");
  }

  /** Whether a field is answered here. */
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

  /** Whether a field is one of those that hold cursors. */
  static boolean isCursor(String typeName, String field) {
    return answers(typeName, field) && Set.of("cursor", "startCursor", "endCursor").contains(field);
  }

  @Nullable Object get(String field) {
    return switch (field) {
      case "edges" -> page.entries().stream().map(entry -> new Edge(entry, cursor)).toList();
      case "pageInfo" -> new PageInfo(page, cursor);
      default -> throw unknown(field);
    };
  }

  static @Nullable Object get(Edge edge, String field) {
    return switch (field) {
      case "node" -> edge.entry().item();
      case "cursor" -> edge.cursor().apply(edge.entry().position());
      default -> throw unknown(field);
    };
  }

  static @Nullable Object get(PageInfo info, String field) {
    List<Page.Entry> entries = info.page().entries();
    return switch (field) {
      case "hasNextPage" -> info.page().hasNext();
      case "hasPreviousPage" -> info.page().hasPrevious();
      case "startCursor" ->
          entries.isEmpty() ? null : info.cursor().apply(entries.getFirst().position());
      case "endCursor" ->
          entries.isEmpty() ? null : info.cursor().apply(entries.getLast().position());
      default -> throw unknown(field);
    };
  }

  private static IllegalStateException unknown(String field) {
    return new IllegalStateException("Connections have no field '" + field + "'.");
  }
}
