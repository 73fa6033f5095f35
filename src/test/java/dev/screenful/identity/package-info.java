/** Tests of token verification. */
@NullMarked
package dev.screenful.identity;

import org.jspecify.annotations.NullMarked;
