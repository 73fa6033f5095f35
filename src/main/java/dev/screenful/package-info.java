/**
 * The front door of the engine: {@link dev.screenful.Backend} builds the handler of an {@link
 * dev.screenful.App} from all rooms, with the {@link dev.screenful.Settings} of a deployment.
 */
@NullMarked
package dev.screenful;

import org.jspecify.annotations.NullMarked;
