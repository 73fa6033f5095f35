package dev.screenful.screens;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as GraphQL over HTTP has it (section 5.1, "Request Parameters").
 *
 * @param query the document's text, null where the hash alone stands for it
 * @param hash an id that a manifest has for the document, or the SHA-256 of its text in small
 *     hexadecimal digits, as clients with automatic persisted queries send it; null for others
 * @param operationName which of the document's operations, null where it has only one
 * @param variables by name
 */
public record GraphqlRequest(
    @Nullable String query,
    @Nullable String hash,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables)
    implements Request {}
