/**
 * GraphQL itself, by graphql-java: SDL files become a schema, registrations become its wiring,
 * documents become answers. Called by the screens room; calls resolvers through the resolver room's
 * interfaces, which are implemented here. Knows neither HTTP nor AWS.
 */
@NullMarked
package dev.screenful.execution;

import org.jspecify.annotations.NullMarked;
