/**
 * The app's DynamoDB table: keys, projections, batches, pages, transactions, the change log, and
 * deadlines.
 *
 * <p>The change log is part of this room, because the transaction that changes an item also writes
 * the log entry. A mutation can't forget it, just as it can't forget an index.
 *
 * <p>Called by resolver classes through {@link dev.screenful.store.Store}, and by imports. This
 * room knows no GraphQL: it receives a {@link dev.screenful.store.Projection}, not a selection set.
 */
@NullMarked
package dev.screenful.store;

import org.jspecify.annotations.NullMarked;
