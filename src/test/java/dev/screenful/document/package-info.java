/** Tests of documents without a schema. */
@NullMarked
package dev.screenful.document;

import org.jspecify.annotations.NullMarked;
