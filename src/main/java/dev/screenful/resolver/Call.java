package dev.screenful.resolver;

import dev.screenful.identity.Caller;
import dev.screenful.store.Item;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;

/**
 * One invocation of a resolver: what was asked, of what, by whom, and which parts of the answer are
 * wanted.
 */
public interface Call {

  /** The field's arguments. */
  Arguments arguments();

  /** A required argument that is a text, an id or an enum value. */
  default String text(String argument) {
    return arguments().text(argument);
  }

  /**
   * A required argument that is the id of an object of a type, see {@link Arguments#id}.
   *
   * @throws ClientError {@code NOT_FOUND} where it is not the id of such an object
   */
  default String id(String argument, String type) {
    return arguments().id(argument, type);
  }

  /** The argument {@code input}, as mutations have it. */
  default Arguments input() {
    return arguments().object("input");
  }

  /** The item whose field this is. */
  Item source();

  /** Who asks. */
  Caller caller();

  /**
   * Who asks, when it must be someone.
   *
   * @throws ClientError {@code UNAUTHENTICATED} for an anonymous caller
   */
  default Caller.Verified signedIn() {
    if (caller() instanceof Caller.Verified verified) {
      return verified;
    }
    throw ClientError.unauthenticated();
  }

  /** The store, as this request sees and pays for it. */
  Store store();

  /**
   * The attributes that the selection set needs of the item that this call returns; of a
   * connection, those of its nodes.
   *
   * @param path fields that lead from what is returned to the item, such as {@code "flight"} in a
   *     seat map
   */
  Projection selection(String... path);

  /**
   * The page that the arguments {@code first} and {@code after} ask for.
   *
   * @throws ClientError {@code BAD_USER_INPUT} for a page size out of bounds or a cursor that is
   *     not of this list
   */
  PageRequest page();
}
