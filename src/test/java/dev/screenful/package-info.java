/** Tests of the engine on apps of a few lines, and of the arrows between its rooms. */
@NullMarked
package dev.screenful;

import org.jspecify.annotations.NullMarked;
