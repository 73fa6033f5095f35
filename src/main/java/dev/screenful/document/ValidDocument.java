package dev.screenful.document;

import graphql.language.Document;

/**
 * A document that fits the schema, and can be executed as often as one likes.
 *
 * @param document its syntax tree
 * @param isKnown whether it is a known screen, which has a budget, and not a stranger's, which has
 *     limits
 */
public record ValidDocument(Document document, boolean isKnown) {

  /** Its text without what says nothing, as comments and white space. */
  public String compact() {
    return CompactText.of(document);
  }
}
