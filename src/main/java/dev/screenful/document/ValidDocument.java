package dev.screenful.document;

import graphql.language.Document;

/**
 * A document that is valid for the schema.
 *
 * @param document the syntax tree
 * @param isKnown whether it is a known screen, which has a budget; an unknown document has limits
 */
public record ValidDocument(Document document, boolean isKnown) {

  /** The text without comments and white space. */
  public String compact() {
    return CompactText.of(document);
  }
}
