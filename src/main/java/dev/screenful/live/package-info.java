/**
 * Live screens: subscriptions over WebSocket connections that are answered again when what they
 * have read has changed. {@code gateway} passes the messages of clients and the changes of the
 * table on. Calls {@code screens} and {@code store}; knows no Lambda events.
 */
@NullMarked
package dev.screenful.live;

import org.jspecify.annotations.NullMarked;
