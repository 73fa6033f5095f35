package dev.screenful.resolver;

import dev.screenful.store.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Answers a field of {@code Mutation}. It adds its writes to a transaction. The engine commits them
 * together with the outcome, under the input's idempotency key, so a repeat returns the outcome and
 * writes nothing:
 *
 * <pre>{@code
 * fields.mutation("rename", (call, transaction) -> {
 *   Item list = lists(call).byId(call.input().id("listId", "List"), Projection.whole());
 *   return Map.of("list", transaction.replace(list, Map.of("name", call.input().text("name"))));
 * });
 * }</pre>
 */
@FunctionalInterface
public interface Mutation {

  /**
   * Adds writes to the transaction and returns the payload as it will be after the commit. It may
   * run several times if other transactions interfere, so it must have no other side effects. It
   * runs on a virtual thread and may block.
   *
   * @return the payload, with all attributes that any selection may need: a {@link java.util.Map}
   *     of {@link dev.screenful.store.Item}s and scalar values by name; or the item itself, a list,
   *     a scalar value, or null, if that is the type of the field
   * @throws ClientError for errors that the client should see; it is recorded as the outcome,
   *     unless its code is {@code BAD_USER_INPUT}
   */
  @Nullable Object apply(Call call, Transaction transaction);
}
