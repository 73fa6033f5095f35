/**
 * What the build makes of the schema folder for others: the files from which apps generate their
 * code. And what it checks there. Runs when the function is packaged and is not part of it; only
 * the development server calls it too.
 */
@NullMarked
package dev.screenful.build;

import org.jspecify.annotations.NullMarked;
