/**
 * GraphQL over HTTP, with nothing of AWS in it: methods, media types, bodies, batches, compression,
 * caching, web pages of other origins and status codes; and a log line for each request. Called by
 * the gateway room with an {@link dev.screenful.http.HttpRequest}; calls the screens room.
 *
 * @see <a href="https://graphql.github.io/graphql-over-http/draft/">GraphQL over HTTP</a>
 */
@NullMarked
package dev.screenful.http;

import org.jspecify.annotations.NullMarked;
