/**
 * The development server: HTTP on loopback becomes API Gateway events for the very same handler
 * that runs on Lambda, on a local DynamoDB engine, with GraphiQL to explore. No other room imports
 * this one, and it is left out of the deployed package, with every library that only it needs.
 */
@NullMarked
package dev.screenful.local;

import org.jspecify.annotations.NullMarked;
