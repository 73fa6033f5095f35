package dev.screenful.document;

import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A document that was parsed, and not yet held against a schema.
 *
 * @param document its syntax tree
 */
public record ParsedDocument(Document document) {

  /**
   * Parses a document that is not from a stranger, so without limits on its size.
   *
   * @throws IllegalArgumentException with the line where it is not GraphQL
   */
  public static ParsedDocument of(String text) {
    try {
      return parse(text, ParserOptions.getDefaultSdlParserOptions()); // without limits
    } catch (InvalidSyntaxException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  /** How large a text may be that comes by HTTP, where that of a document is larger. */
  public static Optional<String> exceededBy(String text) {
    try {
      parse(text, QueryLimits.PARSING);
      return Optional.empty();
    } catch (InvalidSyntaxException tooLarge) {
      return Optional.of(QueryLimits.largest());
    }
  }

  private static ParsedDocument parse(String text, ParserOptions options) {
    return new ParsedDocument(
        new Parser()
            .parseDocument(
                ParserEnvironment.newParserEnvironment()
                    .document(text)
                    .parserOptions(options)
                    .build()));
  }

  /** What is too much of it for a stranger's document, empty where nothing is. */
  public Optional<String> exceeded() {
    return QueryLimits.exceeded(document);
  }

  /** It is known to fit the schema, so that no one need check it again. */
  public ValidDocument trusted() {
    return new ValidDocument(document, true);
  }

  /** What it has in common with all documents that mean the same, see {@link NormalForm}. */
  public String normalForm() {
    return NormalForm.of(document);
  }

  /** Whether it changes something. */
  public boolean isMutation() {
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .anyMatch(operation -> operation.getOperation() == OperationDefinition.Operation.MUTATION);
  }

  /** The names of its operations; nameless ones are left out. */
  public List<String> operationNames() {
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .map(OperationDefinition::getName)
        .filter(Objects::nonNull)
        .toList();
  }
}
