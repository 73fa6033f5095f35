/** Tests of documents. */
@NullMarked
package dev.screenful.document;

import org.jspecify.annotations.NullMarked;
