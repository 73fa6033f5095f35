package dev.screenful.screens;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GraphQL request (GraphQL over HTTP, section 5.1, "Request Parameters").
 *
 * @param query the document; null if only the hash is sent
 * @param hash the id of the document in a manifest, or the SHA-256 of its text in lower-case
 *     hexadecimal digits, as automatic persisted queries use it; null for neither
 * @param operationName the operation of the document to run; null if it has only one
 * @param variables by name
 */
public record GraphqlRequest(
    @Nullable String query,
    @Nullable String hash,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables)
    implements Request {}
