/**
 * The screens of an app. A screen is a named operation document in {@code schema/screens/}. This
 * room reads that folder, finds the document of each request, decides whether it may run, and has
 * it executed. Called by {@code http}.
 */
@NullMarked
package dev.screenful.screens;

import org.jspecify.annotations.NullMarked;
