/**
 * What all services of AWS have in common: endpoints, credentials and signatures.
 *
 * <p>Called by {@code dynamodb} and {@code upload}. This room knows no service; it uses {@code
 * connection} and {@code crypto} only.
 */
@NullMarked
package dev.screenful.aws;

import org.jspecify.annotations.NullMarked;
