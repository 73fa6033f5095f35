package dev.screenful.execution;

import graphql.language.Document;

/** What became of the document that a request means. */
public sealed interface Prepared {

  /** It was parsed and held against the schema, and can be executed as often as one likes. */
  record Valid(Document document) implements Prepared {}

  /** It can't be executed, and this is the answer. */
  record Refused(Answer answer) implements Prepared {}
}
