package dev.screenful.execution;

import graphql.GraphQLError;
import graphql.language.Document;
import java.util.List;

/** A document that was parsed and held against the schema. */
public sealed interface Prepared {

  /** A document that can be executed, as often as one likes. */
  record Valid(Document document) implements Prepared {}

  /** Why it can't be executed. */
  record Invalid(List<GraphQLError> errors) implements Prepared {}
}
