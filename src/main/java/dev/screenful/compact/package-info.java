/**
 * Reads the schema folder: its text files, and the compact form in which the build writes them, so
 * that a start does not parse them.
 *
 * <p>Called by {@code document}, {@code schema}, {@code screens} and the build. This room knows
 * bytes and graphql-java's syntax tree only. {@code CompactForm} in the build writes the form.
 */
@NullMarked
package dev.screenful.compact;

import org.jspecify.annotations.NullMarked;
