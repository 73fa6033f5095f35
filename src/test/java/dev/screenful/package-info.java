/** Tests of the engine with tiny apps, and of the dependencies between its rooms. */
@NullMarked
package dev.screenful;

import org.jspecify.annotations.NullMarked;
