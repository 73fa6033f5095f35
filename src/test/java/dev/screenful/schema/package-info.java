/** Tests of what can only be seen inside the store. */
@NullMarked
package dev.screenful.schema;

import org.jspecify.annotations.NullMarked;
