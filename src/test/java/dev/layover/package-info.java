/** Tests of Layover, through the Lambda handler. */
@NullMarked
package dev.layover;

import org.jspecify.annotations.NullMarked;
