package dev.screenful.document;

import dev.screenful.compact.BinaryReader;
import dev.screenful.compact.DocumentReader;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A parsed document, not yet validated against a schema.
 *
 * @param document the syntax tree
 */
public record ParsedDocument(Document document) {

  /**
   * Parses a document of the app, without limits on its size.
   *
   * @throws IllegalArgumentException with the line of a syntax error
   */
  public static ParsedDocument of(String text) {
    try {
      return parse(text, ParserOptions.getDefaultSdlParserOptions()); // without limits
    } catch (InvalidSyntaxException wrong) {
      throw new IllegalArgumentException(reason(wrong), wrong);
    }
  }

  private static String reason(InvalidSyntaxException wrong) {
    String token = wrong.getOffendingToken();
    SourceLocation location = wrong.getLocation();
    return token == null || location == null
        ? "this is not valid GraphQL."
        : "this is not valid GraphQL at '%s', line %d, column %d."
            .formatted(token, location.getLine(), location.getColumn());
  }

  /** Reads a document that the build has written in compact form. */
  public static ParsedDocument read(byte[] compact) {
    return new ParsedDocument(DocumentReader.document(new BinaryReader(compact)));
  }

  /** The limits for requests, in words, if a document exceeds them; otherwise empty. */
  public static Optional<String> exceededRequestLimit(String text) {
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

  /** The limit for unknown documents that it exceeds, in words; empty if none. */
  public Optional<String> exceededLimit() {
    return QueryLimits.exceededBy(document);
  }

  /** This document as a known one, which the build has validated. */
  public ValidDocument asKnown() {
    return new ValidDocument(document, true);
  }

  /** The text that all equivalent documents have in common, see {@link NormalForm}. */
  public String normalForm() {
    return NormalForm.of(document);
  }

  /** Whether it has a mutation. */
  public boolean isMutation() {
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .anyMatch(operation -> operation.getOperation() == OperationDefinition.Operation.MUTATION);
  }

  /** The names of its operations, without anonymous ones. */
  public List<String> operationNames() {
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .map(OperationDefinition::getName)
        .filter(Objects::nonNull)
        .toList();
  }
}
