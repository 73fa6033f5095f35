/**
 * The engine's front door: an {@link dev.screenful.App} and its {@link dev.screenful.Settings}
 * become a {@link dev.screenful.Backend}, all rooms put together.
 */
@NullMarked
package dev.screenful;

import org.jspecify.annotations.NullMarked;
