/**
 * Reads the compact form in which the build writes documents and schemas, so that a start does not
 * parse them.
 *
 * <p>Called by {@code document}, {@code schema} and {@code screens}. This room knows bytes and
 * graphql-java's syntax tree only. {@code CompactForm} in the build writes the form.
 */
@NullMarked
package dev.screenful.compact;

import org.jspecify.annotations.NullMarked;
