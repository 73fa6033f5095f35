/**
 * What the build makes of the schema folder for others: the files from which apps generate their
 * code. Runs when the function is packaged and is not part of it; no other room calls it.
 */
@NullMarked
package dev.screenful.build;

import org.jspecify.annotations.NullMarked;
