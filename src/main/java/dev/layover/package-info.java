/**
 * Layover, a flight companion: the reference app. Resolver classes say which fields they answer; the store classes
 * ({@link dev.layover.Airports}, {@link dev.layover.Flights}, {@link dev.layover.Travellers}) hold keys and access
 * patterns. It stands on the engine's public face alone: {@code dev.screenful}, {@code resolver}, {@code store} and
 * {@code identity}. A team that starts its own app deletes this package and {@code schema/}.
 */
@NullMarked
package dev.layover;

import org.jspecify.annotations.NullMarked;
