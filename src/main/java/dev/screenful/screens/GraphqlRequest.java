package dev.screenful.screens;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as GraphQL over HTTP has it (section 5.1, "Request Parameters").
 *
 * @param query the document's text
 * @param operationName which of the document's operations, null where it has only one
 * @param variables by name
 */
public record GraphqlRequest(
    String query, @Nullable String operationName, Map<String, @Nullable Object> variables) {}
