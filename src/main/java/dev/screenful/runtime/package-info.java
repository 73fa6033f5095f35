/**
 * The client of Lambda's runtime API, for the custom runtime: it fetches invocations, runs the
 * function and sends the responses.
 *
 * <p>Called by the main method of an app's function. On a managed runtime, Lambda's own client does
 * this work and no class of this room is loaded. This room uses {@code connection}, {@code json}
 * and {@code telemetry}, and knows neither the app nor GraphQL.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
@NullMarked
package dev.screenful.runtime;

import org.jspecify.annotations.NullMarked;
