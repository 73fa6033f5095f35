/** Tests of the schema's fields and their sources. */
@NullMarked
package dev.screenful.schema;

import org.jspecify.annotations.NullMarked;
