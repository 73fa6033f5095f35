/**
 * What the build does with the schema folder: it holds all documents against the SDL, and makes
 * what apps generate their code from and the picture of all screens. None of it is in the deployed
 * package; besides the build only the development server and the tests call it.
 */
@NullMarked
package dev.screenful.build;

import org.jspecify.annotations.NullMarked;
