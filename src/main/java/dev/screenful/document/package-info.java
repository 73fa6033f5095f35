/**
 * GraphQL documents without a schema: parsed, in normal form, with their limits, their budgets and
 * the variables that may be logged.
 *
 * <p>Called by {@code screens} and {@code execution}. This room never knows a schema, a request or
 * the store; it depends on graphql-java's parser and syntax tree alone.
 */
@NullMarked
package dev.screenful.document;

import org.jspecify.annotations.NullMarked;
