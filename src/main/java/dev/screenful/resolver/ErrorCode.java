package dev.screenful.resolver;

/**
 * The codes in {@code extensions.code} of an error. They follow Apollo Server, whose codes Apollo's
 * clients and their users know.
 */
public enum ErrorCode {
  /** The request is not a GraphQL request. */
  BAD_REQUEST,
  /** The document is not valid GraphQL. */
  GRAPHQL_PARSE_FAILED,
  /** The document is not valid for the schema. */
  GRAPHQL_VALIDATION_FAILED,
  /** The document has no operation of the requested name. */
  OPERATION_RESOLUTION_FAILURE,
  /** No document is registered for this hash; send hash and document. */
  PERSISTED_QUERY_NOT_FOUND,
  /** Persisted queries are disabled; send the document without a hash. */
  PERSISTED_QUERY_NOT_SUPPORTED,
  /** Only documents of known apps are served, and this is not one of them. */
  QUERY_NOT_IN_SAFELIST,
  /** The document exceeds a limit for unknown documents; select less, or make it a screen. */
  QUERY_TOO_COMPLEX,
  /** The response would be too large for the gateway; select less, or use smaller pages. */
  RESPONSE_TOO_LARGE,
  /** A variable or an argument is invalid; correct it and retry. */
  BAD_USER_INPUT,
  /** Sign in, or renew the token. */
  UNAUTHENTICATED,
  /** The signed-in caller lacks the required role. */
  FORBIDDEN,
  /** The requested object does not exist. */
  NOT_FOUND,
  /** The idempotency key was used for another mutation; use a new one. */
  IDEMPOTENCY_CONFLICT,
  /** The object was changed after the client read it; merge with its current state and retry. */
  STALE_WRITE,
  /** The changes since this token have expired; sync again without a token. */
  SYNC_RESET,
  /** Too many requests; retry after {@code retryAfter} seconds, with the same idempotency key. */
  RATE_LIMITED,
  /** The deadline passed first; retry, a mutation with the same idempotency key. */
  DEADLINE_EXCEEDED,
  /** The store is unavailable; retry later, a mutation with the same idempotency key. */
  UNAVAILABLE,
  /** An internal error; the request id leads to it in the log. */
  INTERNAL_SERVER_ERROR
}
