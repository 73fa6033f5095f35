/**
 * Tests of the sample data and the development server, and the test bench on which all tests of
 * Layover stand.
 */
@NullMarked
package dev.layover.local;

import org.jspecify.annotations.NullMarked;
