/**
 * The development server: it turns HTTP requests on loopback into API Gateway events for the same
 * handler that runs on Lambda, on a local DynamoDB engine, and serves GraphiQL. No other room
 * imports this one. The deployed package contains neither this room nor the libraries that only
 * this room uses.
 */
@NullMarked
package dev.screenful.local;

import org.jspecify.annotations.NullMarked;
