package dev.screenful.document;

import dev.screenful.compact.BinaryReader;
import dev.screenful.compact.DocumentReader;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SelectionSetContainer;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    return has(OperationDefinition.Operation.MUTATION);
  }

  /** Returns whether an operation of the document is a subscription. */
  public boolean isSubscription() {
    return has(OperationDefinition.Operation.SUBSCRIPTION);
  }

  private boolean has(OperationDefinition.Operation kind) {
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .anyMatch(operation -> operation.getOperation() == kind);
  }

  /** Returns whether it has an operation. */
  public boolean hasOperation() {
    return document.getFirstDefinitionOfType(OperationDefinition.class).isPresent();
  }

  /** Returns whether it consists of fragments. */
  public boolean isOnlyFragments() {
    List<?> definitions = document.getDefinitions();
    return !definitions.isEmpty()
        && definitions.stream().allMatch(FragmentDefinition.class::isInstance);
  }

  /** The names of its fragments. */
  public Set<String> fragmentNames() {
    return document.getDefinitionsOfType(FragmentDefinition.class).stream()
        .map(FragmentDefinition::getName)
        .collect(Collectors.toSet());
  }

  /**
   * A fragment of a document.
   *
   * @param text its own text
   * @param line its first line in the document
   */
  public record Fragment(String name, String text, int line) {}

  /**
   * The fragments of a document that has nothing else, each with its part of the text.
   *
   * @param text the text of the document
   */
  public List<Fragment> fragments(String text) {
    List<String> lines = text.lines().toList();
    List<Fragment> fragments = new ArrayList<>();
    int end = lines.size();
    int column = Integer.MAX_VALUE;
    for (FragmentDefinition fragment :
        document.getDefinitionsOfType(FragmentDefinition.class).reversed()) {
      SourceLocation start = Objects.requireNonNull(fragment.getSourceLocation());
      List<String> own = new ArrayList<>(lines.subList(start.getLine() - 1, end));
      String last = own.getLast();
      own.set(own.size() - 1, last.substring(0, Math.min(column, last.length())));
      own.set(0, own.getFirst().substring(start.getColumn() - 1));
      String ownText = String.join("\n", own).stripTrailing() + "\n";
      fragments.addFirst(new Fragment(fragment.getName(), ownText, start.getLine()));
      end = start.getLine();
      column = start.getColumn() - 1;
    }
    return fragments;
  }

  /** The names of the fragments that it spreads, in the order of their first use. */
  public Set<String> spreads() {
    Set<String> names = new LinkedHashSet<>();
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof SelectionSetContainer<?> container) {
        names.addAll(spreads(container.getSelectionSet()));
      }
    }
    return names;
  }

  private static Set<String> spreads(@Nullable SelectionSet selections) {
    Set<String> names = new LinkedHashSet<>();
    if (selections != null) {
      for (Selection<?> selection : selections.getSelections()) {
        switch (selection) {
          case FragmentSpread spread -> names.add(spread.getName());
          case SelectionSetContainer<?> container ->
              names.addAll(spreads(container.getSelectionSet()));
          default -> {}
        }
      }
    }
    return names;
  }

  /** The names of its operations, without anonymous ones. */
  public List<String> operationNames() {
    return document.getDefinitionsOfType(OperationDefinition.class).stream()
        .map(OperationDefinition::getName)
        .filter(Objects::nonNull)
        .toList();
  }
}
