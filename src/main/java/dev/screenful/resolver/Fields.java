package dev.screenful.resolver;

import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Registers how the fields of the SDL are answered. There are four ways:
 *
 * <ul>
 *   <li>an <b>attribute</b> of the parent item with the field's name: the usual case, registered
 *       once for each type;
 *   <li>a <b>loaded item</b>: the registration returns its key, and all keys of one level of a
 *       request are read together;
 *   <li>a <b>batch</b> of values that are not in the table: all keys of one level are loaded
 *       together;
 *   <li>a <b>resolver</b>.
 * </ul>
 *
 * The start fails if a field is answered in none of these ways, or if the SDL lacks a registered
 * field.
 */
public interface Fields {

  /** The attributes of a type's items, both those that the SDL shows and those for resolvers. */
  void attributes(String type, Collection<String> names);

  /** Answers a field of {@code Query} with a resolver. */
  void query(String field, Resolver resolver);

  /**
   * Answers a field of {@code Mutation}. With {@code @once} in the SDL, its {@code input} must have
   * a {@code requestId: UUID!}, and a repeat with the same id returns the first outcome.
   */
  void mutation(String field, Mutation mutation);

  /**
   * Answers a field of {@code Query} of the type {@code Changes}, with the changes of the caller's
   * items since the argument {@code since}, at most {@code first}. Each type of item must be a
   * {@link #node}.
   */
  void changes(String field, SyncSource source);

  /**
   * Answers a field of any other type with a resolver.
   *
   * @param needs attributes of the parent item that the resolver reads; they are read whenever the
   *     field is selected
   */
  void on(String type, String field, Resolver resolver, String... needs);

  /**
   * Answers a field with the item under a key.
   *
   * <p>All keys of a request's level are collected and read in one batch, without duplicates: 20
   * flights with their origins and destinations cost one BatchGetItem. So this is right:
   *
   * <pre>{@code fields.load("Flight", "origin", "originCode", Airports::key);}</pre>
   *
   * and this, which reads airports one by one, is wrong:
   *
   * <pre>
   * {@code fields.on("Flight", "origin", call -> airports.byCode(call.source().text("originCode")));}
   * </pre>
   *
   * @param attribute the attribute of the parent item that identifies the other item; without it,
   *     the field is null
   * @param key returns the key for the attribute's value
   */
  void load(String type, String field, String attribute, Function<String, Key> key);

  /**
   * Answers a field of a list type with the items under several keys. They are read in the same
   * batch as those of {@link #load}, and missing items are left out:
   *
   * <pre>{@code fields.loadAll("Session", "speakers", "speakerIds", Speakers::key);}</pre>
   *
   * @param attribute the attribute of the parent item that contains a list or a set of strings, in
   *     the order of the field; without it, the field is an empty list
   * @param key returns the key for one of the attribute's values
   */
  void loadAll(String type, String field, String attribute, Function<String, Key> key);

  /**
   * Answers a field with whether an item exists under a key. The key is read in the same batch as
   * those of {@link #load}.
   *
   * @param key returns the key; null means false
   * @param needs attributes of the parent item that the function reads
   */
  void exists(String type, String field, Function<Call, @Nullable Key> key, String... needs);

  /**
   * Answers a field with a value that is not in the table, such as one of another service.
   *
   * <p>All keys of a request's level are collected, without duplicates, and loaded together: the
   * weather of 20 flights is one call. It counts as one trip, and runs beside the reads of the same
   * level from the table.
   *
   * <pre>{@code
   * BatchLoader<String> weather = (codes, remaining) -> service.weather(codes, remaining);
   * fields.batch(
   *     "Flight",
   *     "weather",
   *     call -> call.source().text("destinationCode"),
   *     weather,
   *     "destinationCode");
   * }</pre>
   *
   * <p>Fields with the same loader object share its calls. A key contains everything that the value
   * depends on: for a field with arguments, make it a record of id and argument; for a value that
   * depends on the caller, a record with the caller's id. A key that is asked for again below is
   * loaded again.
   *
   * @param key returns the key; null means null. It runs for each parent, so it must not block
   * @param loader loads the values of all keys
   * @param needs attributes of the parent item that the key function reads
   */
  <K> void batch(
      String type,
      String field,
      Function<Call, @Nullable K> key,
      BatchLoader<K> loader,
      String... needs);

  /** Returns the key of the object with a node id. */
  @FunctionalInterface
  interface NodeKey {
    /**
     * The key; null if the caller has no such object.
     *
     * @param id the local part of the node id
     * @param call the caller and the arguments
     */
    @Nullable Key of(String id, Call call);
  }

  /**
   * Gives the objects of a type node ids. This answers the type's {@code id}, and {@code
   * Query.node} for ids of this type, with null if no item is under the key.
   *
   * @param attribute the attribute that is unique among the type's items
   */
  void node(String type, String attribute, NodeKey key);

  /**
   * Registers a scalar that the SDL declares, such as {@code scalar Money}. Its values are JSON
   * values everywhere: in arguments, in the table and in responses. So this is all:
   *
   * <pre>{@code
   * fields.scalar("Money", "an amount such as 12.50 EUR", value -> Money.parse((String) value).toString());
   * }</pre>
   *
   * @param expected its values in words; a wrong value gets the error {@code Expected Money (an
   *     amount such as 12.50 EUR), but found 12}
   * @param form returns a string, number, boolean, list or map in the form that arguments, items
   *     and responses have; any exception refuses the value
   */
  void scalar(String name, String expected, UnaryOperator<Object> form);

  /** Registers the function that returns the object type of an item of an interface or union. */
  void typeOf(String abstractType, Function<Item, String> type);
}
