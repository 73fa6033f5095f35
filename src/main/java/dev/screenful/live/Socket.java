package dev.screenful.live;

import dev.screenful.identity.Caller;

/**
 * A connection.
 *
 * @param id its id
 * @param state how far it is
 * @param caller its caller; anonymous until the connection is initialised
 */
record Socket(String id, State state, Caller caller) {

  /** How far a connection is. */
  enum State {
    /** The client has connected. */
    CONNECTED,
    /** The client has sent {@code connection_init} and may subscribe. */
    INITIALISED,
    /** The client has sent {@code connection_init} with an invalid token. */
    REFUSED,
    /** The token in {@code connection_init} could not be verified. */
    UNVERIFIED
  }
}
