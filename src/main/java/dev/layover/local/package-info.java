/**
 * Layover on one machine: real sample data and the development server's main class. Left out of the
 * deployed package.
 */
@NullMarked
package dev.layover.local;

import org.jspecify.annotations.NullMarked;
