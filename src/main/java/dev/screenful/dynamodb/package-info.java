/**
 * DynamoDB's JSON protocol: the few operations that the store needs, signed and sent over HTTP,
 * with retries and deadlines.
 *
 * <p>Called by {@code store}. This room knows neither the app's items nor GraphQL; it uses {@code
 * aws}, {@code connection} and {@code crypto} only.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html">
 *     DynamoDB low-level API</a>
 */
@NullMarked
package dev.screenful.dynamodb;

import org.jspecify.annotations.NullMarked;
