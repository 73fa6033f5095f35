/** Tests of the development server over real HTTP. */
@NullMarked
package dev.screenful.local;

import org.jspecify.annotations.NullMarked;
