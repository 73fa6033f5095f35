/**
 * Prepares a function for its snapshot: with SnapStart, Lambda restores function instances from a
 * snapshot of a started one. Before the snapshot, {@link dev.screenful.priming.Priming} opens every
 * screen on a {@link dev.screenful.priming.Recording}, so that classes are loaded and code is
 * compiled. Afterwards, {@link dev.screenful.priming.SnapStart} makes everything fresh that must
 * not be old, or the same in all instances.
 *
 * <p>Called by the app's Lambda function. This room builds a handler through the front door; no
 * request passes through it.
 */
@NullMarked
package dev.screenful.priming;

import org.jspecify.annotations.NullMarked;
