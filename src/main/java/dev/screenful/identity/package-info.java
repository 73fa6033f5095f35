/**
 * Authentication: verifies tokens and returns the {@link dev.screenful.identity.Caller}, which is
 * then passed on with the request. Called by {@code http}. This room knows neither HTTP headers nor
 * GraphQL.
 */
@NullMarked
package dev.screenful.identity;

import org.jspecify.annotations.NullMarked;
