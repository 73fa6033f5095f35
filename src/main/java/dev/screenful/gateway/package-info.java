/**
 * The Lambda handler: reads an HTTP request from an event of API Gateway or a function URL, and
 * writes the response. Calls {@code http}. This is the only room that knows Lambda and its events;
 * it knows no GraphQL.
 */
@NullMarked
package dev.screenful.gateway;

import org.jspecify.annotations.NullMarked;
