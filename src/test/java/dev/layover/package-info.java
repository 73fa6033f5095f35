/** Tests of Layover, all through the Lambda handler. */
@NullMarked
package dev.layover;

import org.jspecify.annotations.NullMarked;
