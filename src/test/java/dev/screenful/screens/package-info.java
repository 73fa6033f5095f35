/** Tests of the cache of documents. */
@NullMarked
package dev.screenful.screens;

import org.jspecify.annotations.NullMarked;
