/**
 * Layover, the example app: a flight companion. Resolver classes register fields; the store classes
 * ({@link dev.layover.Airports}, {@link dev.layover.Flights}, {@link dev.layover.Travellers})
 * define keys and access patterns. The app uses only the engine's public rooms {@code resolver},
 * {@code store} and {@code identity}, and {@link dev.screenful.Backend}. To start your own app,
 * delete this package and the SDL files, except {@code schema/screenful.graphqls}.
 */
@NullMarked
package dev.layover;

import org.jspecify.annotations.NullMarked;
