/** Tests of the sample data and the development server, and the test bench of all Layover tests. */
@NullMarked
package dev.layover.local;

import org.jspecify.annotations.NullMarked;
