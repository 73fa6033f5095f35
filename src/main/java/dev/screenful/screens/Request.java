package dev.screenful.screens;

/** A request of a batch, well-formed or not. */
public sealed interface Request permits GraphqlRequest, Request.Malformed {

  /**
   * An entry that is not a GraphQL request.
   *
   * @param why the message for the client
   */
  record Malformed(String why) implements Request {}
}
