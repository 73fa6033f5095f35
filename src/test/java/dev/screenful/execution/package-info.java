/** Fuzz tests of documents, cursors and sync tokens. */
@NullMarked
package dev.screenful.execution;

import org.jspecify.annotations.NullMarked;
