package dev.screenful.resolver;

import dev.screenful.identity.Caller;
import dev.screenful.store.Item;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;

/** One invocation of a resolver: arguments, parent item, caller and selected fields. */
public interface Call {

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
  PageRequest page();
}
