/**
 * DynamoDB, one table: keys, projections, batches, pages, conditional transactions, what has
 * changed, and deadlines.
 *
 * <p>Called by resolver classes through {@link dev.screenful.store.Store}, and by whoever loads
 * data. This room never knows GraphQL: it is handed a {@link dev.screenful.store.Projection}, not a
 * selection set.
 */
@NullMarked
package dev.screenful.store;

import org.jspecify.annotations.NullMarked;
