/** Tests of snapshots. */
@NullMarked
package dev.screenful.priming;

import org.jspecify.annotations.NullMarked;
