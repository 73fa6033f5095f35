/**
 * GraphQL documents without a schema: parsing, normal form, limits, budgets and logged variables.
 *
 * <p>Called by {@code screens} and {@code execution}. This room knows no schema, no request and no
 * store; it uses graphql-java's parser and syntax tree only.
 */
@NullMarked
package dev.screenful.document;

import org.jspecify.annotations.NullMarked;
