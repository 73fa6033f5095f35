/**
 * GraphQL over HTTP: methods, media types, bodies, batches, compression, caching, CORS, status
 * codes and the request log. Called by {@code gateway} with an {@link
 * dev.screenful.http.HttpRequest}; calls {@code screens}. This room knows nothing of AWS.
 *
 * @see <a href="https://graphql.github.io/graphql-over-http/draft/">GraphQL over HTTP</a>
 */
@NullMarked
package dev.screenful.http;

import org.jspecify.annotations.NullMarked;
