package dev.screenful.resolver;

/**
 * What went wrong, as {@code extensions.code} tells clients. The words are Apollo Server's, since
 * Apollo's clients and their users know them.
 */
public enum ErrorCode {
  /** The request is not a GraphQL request at all. */
  BAD_REQUEST,
  /** The document is not GraphQL. */
  GRAPHQL_PARSE_FAILED,
  /** The document does not fit the schema. */
  GRAPHQL_VALIDATION_FAILED,
  /** The document has no operation of the name that was asked for. */
  OPERATION_RESOLUTION_FAILURE,
  /** No one has registered the text of this hash yet; send both. */
  PERSISTED_QUERY_NOT_FOUND,
  /** Hashes are not taken here; send the text without one. */
  PERSISTED_QUERY_NOT_SUPPORTED,
  /** Only documents that apps are known to send are served, and this is none of them. */
  QUERY_NOT_IN_SAFELIST,
  /** A variable or an argument can't be used; change it and ask again. */
  BAD_USER_INPUT,
  /** Sign in, or sign in again. */
  UNAUTHENTICATED,
  /** Signed in, but this is not for you. */
  FORBIDDEN,
  /** What was named is not there. */
  NOT_FOUND,
  /** The server's fault; the request id finds it in the log. */
  INTERNAL_SERVER_ERROR
}
