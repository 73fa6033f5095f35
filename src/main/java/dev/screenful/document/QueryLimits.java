package dev.screenful.document;

import graphql.language.ArrayValue;
import graphql.language.Definition;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.parser.ParserOptions;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The limits for unknown documents. They are checked before validation, because the time for
 * validation grows faster than the document. Known screens have budgets instead, which the build
 * checks.
 */
public final class QueryLimits {

  /**
   * Characters of the longest document. A limit on tokens is not enough, since a token can have any
   * length.
   */
  private static final int MAX_CHARACTERS = 16 * 1024;

  /** Tokens of a document; the largest screens have 300. */
  private static final int MAX_TOKENS = 1000;

  /** The parser's limits for every document in a request, including screens. */
  public static final ParserOptions PARSING =
      ParserOptions.getDefaultOperationParserOptions()
          .transform(options -> options.maxCharacters(MAX_CHARACTERS).maxTokens(MAX_TOKENS));

  /** Levels of fields; the deepest screens have 6. */
  private static final int MAX_DEPTH = 10;

  /** Fields, with those of fragments at each spread; the largest screens have 60. */
  private static final int MAX_FIELDS = 200;

  /**
   * Fields below {@code __schema} and {@code __type}, counted alike. GraphiQL asks for 250.
   * graphql-java has the same limit, but reaches it only in validation.
   */
  private static final int MAX_INTROSPECTION_FIELDS = 500;

  private static final Set<String> INTROSPECTION = Set.of("__schema", "__type");

  /** Levels below {@code __schema} and {@code __type}. Tools ask for 15. */
  private static final int MAX_INTROSPECTION_DEPTH = 20;

  /** Each alias may cause another call to the store. */
  private static final int MAX_ALIASES = 15;

  /** Fields of {@code Query}; each is fetched separately. */
  private static final int MAX_ROOT_FIELDS = 10;

  /** Fields of {@code Mutation}; each runs in its own transaction, one after another. */
  private static final int MAX_MUTATIONS = 1;

  private static final int MAX_DIRECTIVES = 20;

  /** Validation compares fragments with each other. */
  private static final int MAX_FRAGMENTS = 20;

  private static final int MAX_OPERATIONS = 10;

  /** Entries of a list argument. */
  private static final int MAX_ENTRIES = 100;

  /**
   * Characters (Unicode code points) of a string argument. Some algorithms, such as Unicode
   * normalisation, take time that grows with the square of the length.
   */
  private static final int MAX_STRING = 4096;

  /**
   * Characters of a name, whether of a field, an alias, a fragment or a field of a variable. Errors
   * repeat names, and the response repeats an alias for each entry of a list.
   */
  private static final int MAX_NAME = 64;

  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Set<String> spreading = new HashSet<>();
  private int fields;
  private int introspected;
  private int aliases;
  private int directives;

  private static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1;

    Exceeded(String what, int limit) {
      super(
          "The document has too many %s; the limit is %d.".formatted(what, limit),
          null,
          false,
          false);
    }
  }

  private QueryLimits() {}

  /** {@link #PARSING} in words. */
  public static String largest() {
    return "%d characters or %d tokens".formatted(MAX_CHARACTERS, MAX_TOKENS);
  }

  /** The limit that a document exceeds, in words; empty if none. */
  static Optional<String> exceededBy(Document document) {
    try {
      new QueryLimits().check(document);
      return Optional.empty();
    } catch (Exceeded exceeded) {
      return Optional.ofNullable(exceeded.getMessage());
    }
  }

  private void check(Document document) throws Exceeded {
    for (FragmentDefinition fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
      fragments.put(fragment.getName(), fragment);
    }
    limit(fragments.size(), MAX_FRAGMENTS, "fragments");
    limit(document.getDefinitions().size() - fragments.size(), MAX_OPERATIONS, "operations");
    sizes(document);
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof OperationDefinition operation) {
        directives(operation);
        for (var variable : operation.getVariableDefinitions()) {
          directives(variable);
        }
        boolean mutation = operation.getOperation() == OperationDefinition.Operation.MUTATION;
        int roots = check(operation.getSelectionSet(), 1, false);
        limit(
            roots,
            mutation ? MAX_MUTATIONS : MAX_ROOT_FIELDS,
            mutation ? "mutations" : "fields of Query");
      }
    }
  }

  /** Checks a selection set, possibly of introspection, and returns the number of its fields. */
  private int check(@Nullable SelectionSet selections, int depth, boolean introspects)
      throws Exceeded {
    if (selections == null) {
      return 0;
    }
    int here = 0;
    for (Selection<?> selection : selections.getSelections()) {
      if (introspects) { // counts spreads too, so that recursion ends
        limit(++introspected, MAX_INTROSPECTION_FIELDS, "fields of introspection");
      } else {
        limit(++fields, MAX_FIELDS, "fields");
      }
      directives((DirectivesContainer<?>) selection);
      here +=
          switch (selection) {
            case Field field -> {
              limit(depth, introspects ? MAX_INTROSPECTION_DEPTH : MAX_DEPTH, "levels of fields");
              if (field.getAlias() != null) {
                limit(++aliases, MAX_ALIASES, "aliases");
              }
              boolean starts = !introspects && INTROSPECTION.contains(field.getName());
              check(field.getSelectionSet(), starts ? 1 : depth + 1, introspects || starts);
              yield 1;
            }
            case InlineFragment inline -> check(inline.getSelectionSet(), depth, introspects);
            case FragmentSpread spread -> spread(spread.getName(), depth, introspects);
            default -> 0;
          };
    }
    return here;
  }

  private int spread(String name, int depth, boolean introspects) throws Exceeded {
    FragmentDefinition fragment = fragments.get(name);
    if (fragment == null || !spreading.add(name)) {
      return 0; // validation reports unknown fragments and cycles
    }
    directives(fragment);
    int here = check(fragment.getSelectionSet(), depth, introspects);
    spreading.remove(name);
    return here;
  }

  private void directives(DirectivesContainer<?> container) throws Exceeded {
    directives += container.getDirectives().size();
    limit(directives, MAX_DIRECTIVES, "directives");
  }

  /** Checks all names and values: also defaults of variables, and arguments of directives. */
  private static void sizes(Node<?> node) throws Exceeded {
    if (node instanceof NamedNode<?> named) {
      name(named.getName());
    }
    switch (node) {
      case Field field -> name(field.getAlias());
      case ArrayValue list -> limit(list.getValues().size(), MAX_ENTRIES, "entries in a list");
      case StringValue text ->
          limit(length(String.valueOf(text.getValue())), MAX_STRING, "characters in a string");
      default -> {}
    }
    for (Node<?> child : node.getChildren()) {
      sizes(child);
    }
  }

  private static void name(@Nullable String name) throws Exceeded {
    limit(name == null ? 0 : name.length(), MAX_NAME, "characters in a name");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** The limit that a variable exceeds, in words; empty if none. Holds for screens too. */
  public static Optional<String> exceededBy(@Nullable Object variable) {
    return switch (variable) {
      case List<?> list when list.size() > MAX_ENTRIES ->
          Optional.of("A list in the variables has more than %d entries.".formatted(MAX_ENTRIES));
      case List<?> list -> first(list);
      case Map<?, ?> object when hasLongName(object) ->
          Optional.of("A name in the variables has more than %d characters.".formatted(MAX_NAME));
      case Map<?, ?> object -> first(object.values());
      case String text when length(text) > MAX_STRING ->
          Optional.of(
              "A string in the variables has more than %d characters.".formatted(MAX_STRING));
      case null -> Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean hasLongName(Map<?, ?> object) {
    return object.keySet().stream().anyMatch(name -> length(name.toString()) > MAX_NAME);
  }

  private static Optional<String> first(Collection<?> values) {
    return values.stream().map(QueryLimits::exceededBy).flatMap(Optional::stream).findFirst();
  }

  private static void limit(int found, int limit, String what) throws Exceeded {
    if (found > limit) {
      throw new Exceeded(what, limit);
    }
  }
}
