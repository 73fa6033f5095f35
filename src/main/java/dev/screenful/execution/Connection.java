package dev.screenful.execution;

import dev.screenful.store.Page;
import dev.screenful.store.Position;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page as the value of a connection field: {@code edges} with {@code node} and {@code cursor},
 * and {@code pageInfo}.
 *
 * @param page the page that the resolver returned
 * @param cursor makes the cursor of a position in this list
 * @see <a href="https://relay.dev/graphql/connections.htm">GraphQL Cursor Connections</a>
 */
record Connection(Page page, Function<Position, String> cursor) {

  /** An edge of a connection. */
  record Edge(Page.Entry entry, Function<Position, String> cursor) {}

  /** The page info of a connection. */
  record PageInfo(Page page, Function<Position, String> cursor) {}

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
    Position end = info.page().end();
    return switch (field) {
      case "hasNextPage" -> info.page().hasNext();
      case "hasPreviousPage" -> info.page().hasPrevious();
      case "startCursor" ->
          entries.isEmpty() ? null : info.cursor().apply(entries.getFirst().position());
      case "endCursor" -> end == null ? null : info.cursor().apply(end);
      default -> throw unknown(field);
    };
  }

  private static IllegalStateException unknown(String field) {
    return new IllegalStateException("Connections have no field '" + field + "'.");
  }
}
