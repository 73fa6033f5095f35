/**
 * The build steps for the schema folder: validates all documents against the SDL, and writes the
 * files for client code generators and the page of all screens. Called by the build, the
 * development server and the tests; not part of the deployed package.
 */
@NullMarked
package dev.screenful.build;

import org.jspecify.annotations.NullMarked;
