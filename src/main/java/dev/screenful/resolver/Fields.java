package dev.screenful.resolver;

import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where resolver classes say what answers which field. Every field of the SDL is answered in one of
 * three ways:
 *
 * <ul>
 *   <li>by an <b>attribute</b> of its parent item that bears its name: the usual case, said once a
 *       type;
 *   <li>by a <b>loaded item</b>: the field names the key, and all keys of one level of a request
 *       are read together;
 *   <li>by a <b>resolver</b>.
 * </ul>
 *
 * A field that is none of these, and a registration for a field that the SDL lacks, stop the start.
 */
public interface Fields {

  /**
   * The attributes that items of an SDL type have, whether the SDL shows them or resolvers need
   * them.
   */
  void attributes(String type, Collection<String> names);

  /** Answers a field of {@code Query}. */
  void query(String field, Resolver resolver);

  /**
   * Answers a field of {@code Mutation}, which the SDL gives {@code @once}: its {@code input} has a
   * {@code requestId: UUID!}, and however often that is sent, the mutation happens once.
   */
  void mutation(String field, Mutation mutation);

  /**
   * Answers a field of {@code Query}, of the type {@code Changes}, by what has changed of the
   * caller's items since the argument {@code since}, at most {@code first}; all types of them are
   * {@link #node}s.
   */
  void changes(String field, SyncSource sync);

  /**
   * Answers a field of another type.
   *
   * @param needs attributes of the source that the resolver reads, so that they are read when the
   *     field is asked for
   */
  void on(String type, String field, Resolver resolver, String... needs);

  /**
   * Answers a field by the item under a key.
   *
   * <p>Twenty flights that each load their origin and destination cost one BatchGetItem: the keys
   * of all of them are collected, made distinct and read together, with the attributes that any of
   * them needs. So this is right:
   *
   * <pre>{@code fields.load("Flight", "origin", "originCode", Airports::key);}</pre>
   *
   * and this, which reads airports one by one, is wrong:
   *
   * <pre>
   * {@code fields.on("Flight", "origin", call -> airports.byCode(call.source().text("originCode")));}
   * </pre>
   *
   * @param attribute the source's attribute that names the other item; where it is missing the
   *     field is null
   * @param key makes the key of that text
   */
  void load(String type, String field, String attribute, Function<String, Key> key);

  /**
   * Answers a field by whether there is an item under a key, read together with what {@link #load}
   * reads.
   *
   * @param key the key, or null where the answer is no
   * @param needs attributes of the source that the key is made of
   */
  void exists(String type, String field, Function<Call, @Nullable Key> key, String... needs);

  /** Makes the key of the object that an id names, or null where the caller has no such object. */
  @FunctionalInterface
  interface NodeKey {
    /**
     * The key.
     *
     * @param id what tells the object from the others of its type
     * @param call the caller and the arguments
     */
    @Nullable Key of(String id, Call call);
  }

  /**
   * Gives the objects of a type ids by which they can be asked for again. Answers the type's {@code
   * id}, and for ids of this type {@code Query.node}, with null where no item is under the key.
   *
   * @param attribute the attribute that tells its items apart
   */
  void node(String type, String attribute, NodeKey key);

  /**
   * Says which type an item is, where the SDL says no more than that it is of an interface or
   * union.
   */
  void typeOf(String abstractType, Function<Item, String> type);
}
