/** Tests of wiring that look at it from inside. */
@NullMarked
package dev.screenful.execution;

import org.jspecify.annotations.NullMarked;
