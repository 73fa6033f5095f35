/**
 * The public face on which app code stands: a {@link dev.screenful.resolver.Resolvers} class
 * registers the fields it answers with {@link dev.screenful.resolver.Fields}, and answers each
 * {@link dev.screenful.resolver.Call}. Nothing in here knows how GraphQL is executed.
 */
@NullMarked
package dev.screenful.resolver;

import org.jspecify.annotations.NullMarked;
