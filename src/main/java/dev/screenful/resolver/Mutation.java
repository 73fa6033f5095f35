package dev.screenful.resolver;

import dev.screenful.store.Transaction;
import java.util.Map;

/**
 * What answers one field of {@code Mutation}. What it writes, it writes to the transaction; the
 * engine commits that together with the outcome, under the request id of the input, so a repeat
 * gets the outcome and does nothing:
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
   * Reads what it needs, writes to the transaction and returns the payload as it will be once that
   * is committed. It may run several times, where other transactions come between, so it has no
   * other effects. Runs on a virtual thread and may block.
   *
   * @return the payload: {@link dev.screenful.store.Item}s and plain values by name, with all
   *     attributes that any selection may ask for
   * @throws ClientError for what the client is to be told; it is an outcome too, and recorded,
   *     unless it is {@code BAD_USER_INPUT}
   */
  Map<String, ?> apply(Call call, Transaction transaction);
}
