package dev.screenful.screens;

/** One entry of what a client sent, a GraphQL request or something else. */
public sealed interface Request permits GraphqlRequest, Request.Malformed {

  /**
   * Something else.
   *
   * @param why for the client
   */
  record Malformed(String why) implements Request {}
}
