/** Tests of live screens. */
@NullMarked
package dev.screenful.live;

import org.jspecify.annotations.NullMarked;
