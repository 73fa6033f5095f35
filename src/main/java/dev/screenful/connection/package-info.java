/**
 * HTTP/1.1 connections of the function to a server: DynamoDB, the credentials endpoint, and
 * Lambda's runtime API.
 *
 * <p>Called by {@code dynamodb} and {@code runtime}. This room knows no other room.
 */
@NullMarked
package dev.screenful.connection;

import org.jspecify.annotations.NullMarked;
