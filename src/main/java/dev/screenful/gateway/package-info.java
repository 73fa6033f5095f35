/**
 * The Lambda handler: an event of API Gateway or of a function URL becomes an HTTP request, and the
 * response goes back the same way. The only room that knows what Lambda and its events look like;
 * it knows nothing of GraphQL.
 */
@NullMarked
package dev.screenful.gateway;

import org.jspecify.annotations.NullMarked;
