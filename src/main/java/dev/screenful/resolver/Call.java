package dev.screenful.resolver;

import dev.screenful.identity.Caller;
import dev.screenful.store.Item;
import dev.screenful.store.Page;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import org.jspecify.annotations.Nullable;

/** One invocation of a resolver: arguments, parent item, caller and selected fields. */
public interface Call {

  /** Entries of the largest page, unless a call allows more; the smallest has one. */
  int MAX_PAGE = 50;

  /** The field's arguments. */
  Arguments arguments();

  /** A required argument: a string, an id or an enum value. */
  default String text(String argument) {
    return arguments().text(argument);
  }

  /**
   * The local part of a required argument that is a node id, see {@link Arguments#id}.
   *
   * @throws ClientError {@code NOT_FOUND} if it is not an id of this type
   */
  default String id(String argument, String type) {
    return arguments().id(argument, type);
  }

  /** The argument {@code input} of a mutation. */
  default Arguments input() {
    return arguments().object("input");
  }

  /**
   * The parent object of the field: the item, or the map that a resolver returned, as an item
   * without a key.
   *
   * @throws IllegalStateException for a field of a root type or of a connection
   */
  Item source();

  /**
   * The caller. Asking makes the response private: no cache may keep it for other callers. So ask
   * only if the value depends on the caller.
   */
  Caller caller();

  /**
   * The caller of a field that requires sign-in.
   *
   * @throws ClientError {@code UNAUTHENTICATED} for an anonymous caller
   */
  default Caller.Verified signedIn() {
    if (caller() instanceof Caller.Verified verified) {
      return verified;
    }
    throw ClientError.unauthenticated();
  }

  /** The store, which counts reads on this request's cost. */
  Store store();

  /**
   * The attributes of the returned item that the selection set needs. For a connection, those of
   * its nodes.
   *
   * @param path the fields from the returned value to the item, such as {@code "flight"} in a seat
   *     map; empty for the returned item itself
   */
  Projection selection(String... path);

  /**
   * The page of the arguments {@code first} and {@code after}.
   *
   * @throws ClientError {@code BAD_USER_INPUT} if the page size is out of bounds or the cursor
   *     belongs to another list
   */
  default PageRequest page() {
    return page("first", "after");
  }

  /**
   * The page of two arguments with other names, such as {@code pageSize} and {@code after}.
   *
   * @param size the argument with the page size, an {@code Int}; the limit for unknown documents
   *     counts its lists as ten entries, unless {@code @cost} sets more
   * @param cursor the argument with the cursor, a {@code String} or an {@code ID}
   * @throws ClientError {@code BAD_USER_INPUT} as in {@link #page()}
   */
  default PageRequest page(String size, String cursor) {
    return page(size, cursor, MAX_PAGE);
  }

  /**
   * The page of two arguments, with more entries than {@value #MAX_PAGE}, if released apps ask for
   * them. Declare {@code @cost(least:)} in the SDL, so that unknown documents count such a page.
   *
   * @param most the largest page
   * @throws ClientError {@code BAD_USER_INPUT} as in {@link #page()}
   */
  PageRequest page(String size, String cursor, int most);

  /**
   * The cursor after which the next page begins; null if the page is empty. Relay's connections get
   * their cursors by themselves. For a list of another shape, such as {@code type LaunchList
   * {cursor: String hasMore: Boolean! launches: [Launch!]!}}:
   *
   * <pre>{@code
   * fields.query("launches", call -> {
   *   Page page = store(call).launches(call.page("pageSize", "after"), call.selection("launches"));
   *   Map<String, @Nullable Object> list = new HashMap<>();
   *   list.put("cursor", call.cursor(page));
   *   list.put("hasMore", page.hasNext());
   *   list.put("launches", page.items());
   *   return list;
   * });
   * }</pre>
   *
   * <p>A cursor is signed for this field, its parent, its other arguments and the caller, so the
   * response is private.
   */
  @Nullable String cursor(Page page);

  /** The cursor after which a page begins behind this entry, for lists with a cursor of each. */
  String cursor(Page.Entry entry);
}
