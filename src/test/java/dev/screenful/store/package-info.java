/** Tests of the store that need package-private access. */
@NullMarked
package dev.screenful.store;

import org.jspecify.annotations.NullMarked;
