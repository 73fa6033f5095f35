/** Tests of what can only be seen inside the store. */
@NullMarked
package dev.screenful.crypto;

import org.jspecify.annotations.NullMarked;
