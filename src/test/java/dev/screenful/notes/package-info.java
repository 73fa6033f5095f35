/**
 * Notes, the tiny app of the engine's tests: public notebooks, and the private notes that readers
 * write in them. It uses each feature of the engine once. Its schema folder is {@code
 * src/test/resources/notes/schema}, plus the engine's part, {@code schema/screenful.graphqls}.
 */
@NullMarked
package dev.screenful.notes;

import org.jspecify.annotations.NullMarked;
