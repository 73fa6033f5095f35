/**
 * Layover for development: the sample data and the main class of the development server. Not part
 * of the deployed package.
 */
@NullMarked
package dev.layover.local;

import org.jspecify.annotations.NullMarked;
