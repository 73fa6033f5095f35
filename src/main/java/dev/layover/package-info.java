/**
 * Layover, a flight companion: the reference app. Resolver classes say which fields they answer;
 * the store classes ({@link dev.layover.Airports}, {@link dev.layover.Flights}, {@link
 * dev.layover.Travellers}) hold keys and access patterns. It stands on the engine's public face
 * alone: {@code resolver}, {@code store} and {@code identity}, and what {@link
 * dev.screenful.Backend} is put together from. A team that starts its own app deletes this package
 * and the SDL files but {@code schema/screenful.graphqls}.
 */
@NullMarked
package dev.layover;

import org.jspecify.annotations.NullMarked;
