/** Tests of signed tokens. */
@NullMarked
package dev.screenful.crypto;

import org.jspecify.annotations.NullMarked;
