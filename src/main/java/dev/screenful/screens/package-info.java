/**
 * Which document is meant. A screen is a named operation document in {@code schema/screens/}; this
 * room reads that folder, finds the document of a request and hands it on to be executed. Called by
 * the http room.
 */
@NullMarked
package dev.screenful.screens;

import org.jspecify.annotations.NullMarked;
