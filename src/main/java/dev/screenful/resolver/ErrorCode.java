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
  /** The document asks for more than strangers may; ask for less, or make it a screen. */
  QUERY_TOO_COMPLEX,
  /** A variable or an argument can't be used; change it and ask again. */
  BAD_USER_INPUT,
  /** Sign in, or sign in again. */
  UNAUTHENTICATED,
  /** Signed in, but this is not for you. */
  FORBIDDEN,
  /** What was named is not there. */
  NOT_FOUND,
  /** The request id was used before, for something else; take a new one. */
  IDEMPOTENCY_CONFLICT,
  /**
   * It was changed since the version that was read; merge with the current state, and ask again.
   */
  STALE_WRITE,
  /** The changes since then are not kept any more; begin anew, without a token. */
  SYNC_RESET,
  /**
   * Too much in a short time; ask again after {@code retryAfter} seconds, with the same request id.
   */
  RATE_LIMITED,
  /** The time was over before this was done; ask again, a mutation with the same request id. */
  DEADLINE_EXCEEDED,
  /** The store can't take it just now; ask again later, a mutation with the same request id. */
  UNAVAILABLE,
  /** The server's fault; the request id finds it in the log. */
  INTERNAL_SERVER_ERROR
}
