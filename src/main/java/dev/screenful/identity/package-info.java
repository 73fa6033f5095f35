/**
 * Who asks: a token becomes a caller here. Knows neither HTTP headers nor GraphQL. Called by the
 * http room; the caller travels on with the request.
 */
@NullMarked
package dev.screenful.identity;

import org.jspecify.annotations.NullMarked;
