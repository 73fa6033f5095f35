package dev.screenful.execution;

import graphql.language.Document;

/**
 * A document that fits the schema, and can be executed as often as one likes.
 *
 * @param document its syntax tree
 */
public record ValidDocument(Document document) {}
