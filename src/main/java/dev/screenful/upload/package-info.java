/**
 * Uploads that a client sends to S3 itself, through presigned URLs.
 *
 * <p>Called by resolver classes, through {@link dev.screenful.upload.Uploads}. This room knows the
 * calls of {@code resolver}, the {@code store} and the signatures of {@code aws}; it does not know
 * how GraphQL is executed.
 */
@NullMarked
package dev.screenful.upload;

import org.jspecify.annotations.NullMarked;
