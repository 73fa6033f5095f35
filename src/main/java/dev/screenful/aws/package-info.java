/**
 * Endpoints, credentials and signatures, which all services of AWS share.
 *
 * <p>Called by {@code dynamodb} and {@code upload}. This room knows no service; it uses {@code
 * connection} and {@code crypto} only.
 */
@NullMarked
package dev.screenful.aws;

import org.jspecify.annotations.NullMarked;
