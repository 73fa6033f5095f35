/**
 * Hashes and signatures: SHA-256, and the signed tokens that clients store and send back. Any room
 * may use it; it uses no other room.
 */
@NullMarked
package dev.screenful.crypto;

import org.jspecify.annotations.NullMarked;
