/** Tests of who is trusted. */
@NullMarked
package dev.screenful.identity;

import org.jspecify.annotations.NullMarked;
