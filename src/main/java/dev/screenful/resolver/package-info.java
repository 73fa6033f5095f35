/**
 * The API for app code. A {@link dev.screenful.resolver.Resolvers} class registers its fields with
 * {@link dev.screenful.resolver.Fields} and answers each {@link dev.screenful.resolver.Call}. This
 * room does not know how GraphQL is executed.
 */
@NullMarked
package dev.screenful.resolver;

import org.jspecify.annotations.NullMarked;
