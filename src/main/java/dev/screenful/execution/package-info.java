/**
 * Executes operations with graphql-java: fetches fields, shapes pages, maps errors, runs mutations
 * once, and answers sync requests.
 *
 * <p>Called by {@code screens}. It calls resolvers through the interfaces of {@code resolver}, and
 * knows neither HTTP nor AWS.
 */
@NullMarked
package dev.screenful.execution;

import org.jspecify.annotations.NullMarked;
