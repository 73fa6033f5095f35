package dev.screenful.document;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Definition;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Value;
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
 * How large a document of a stranger may be. It is looked at before it is validated, since
 * validation itself takes time that grows faster than the document. Known screens are read by
 * people, and held against their budgets by the build.
 */
public final class QueryLimits {

  /**
   * Longest document in characters. The limit is on characters since a single token can be
   * arbitrarily long.
   */
  private static final int CHARACTERS = 16 * 1024;

  /** Tokens of a document; the largest screens have 300. */
  private static final int TOKENS = 1000;

  /** What holds for every text that comes by HTTP, a screen's too. */
  public static final ParserOptions PARSING =
      ParserOptions.getDefaultOperationParserOptions()
          .transform(options -> options.maxCharacters(CHARACTERS).maxTokens(TOKENS));

  /** {@link #PARSING} in words. */
  static String largest() {
    return "%d characters or %d tokens".formatted(CHARACTERS, TOKENS);
  }

  /** Levels of fields; the deepest screens have 6. Introspection, which tools send, has 15. */
  private static final int DEPTH = 10;

  /** Fields, those of fragments wherever they are spread; the largest screens have 60. */
  private static final int FIELDS = 200;

  /** Each alias may be one more call to the store. */
  private static final int ALIASES = 15;

  /** Fields of {@code Query}; each is fetched by itself. */
  private static final int ROOT_FIELDS = 10;

  /** Fields of {@code Mutation}; they run one after the other, and each is a transaction. */
  private static final int MUTATIONS = 1;

  private static final int DIRECTIVES = 20;

  /** Validation compares fragments with one another. */
  private static final int FRAGMENTS = 20;

  private static final int OPERATIONS = 10;

  /** Entries of a list that is given as an argument. */
  private static final int ENTRIES = 100;

  /**
   * Characters of a text that is given as an argument. What reads texts may take time that grows
   * with the square of their length, as Unicode's normalisation does.
   */
  private static final int TEXT = 4096;

  /** Characters of an alias, which a list repeats with each of its entries. */
  private static final int ALIAS = 100;

  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Set<String> spreading = new HashSet<>();
  private int fields;
  private int aliases;
  private int directives;

  private static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1;

    Exceeded(String what, int most) {
      super(
          "The document has too many %s; %d are the most.".formatted(what, most),
          null,
          false,
          false);
    }
  }

  private QueryLimits() {}

  /** What is too much of a document, empty where nothing is. */
  static Optional<String> exceeded(Document document) {
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
    most(fragments.size(), FRAGMENTS, "fragments");
    most(document.getDefinitions().size() - fragments.size(), OPERATIONS, "operations");
    for (Definition<?> definition : document.getDefinitions()) {
      if (definition instanceof OperationDefinition operation) {
        directives(operation);
        for (var variable : operation.getVariableDefinitions()) {
          directives(variable);
        }
        boolean mutation = operation.getOperation() == OperationDefinition.Operation.MUTATION;
        int before = fields;
        int roots = check(operation.getSelectionSet(), 1);
        most(roots, mutation ? MUTATIONS : ROOT_FIELDS, mutation ? "mutations" : "fields of Query");
        most(fields - before, FIELDS, "fields");
      }
    }
  }

  /** How many fields are at this level. */
  private int check(@Nullable SelectionSet selections, int depth) throws Exceeded {
    if (selections == null) {
      return 0;
    }
    int here = 0;
    for (Selection<?> selection : selections.getSelections()) {
      most(++fields, FIELDS, "fields"); // spreads too, so that this ends
      directives((DirectivesContainer<?>) selection);
      here +=
          switch (selection) {
            case Field field -> {
              most(depth, DEPTH, "levels of fields");
              if (field.getAlias() != null) {
                most(++aliases, ALIASES, "aliases");
                most(field.getAlias().length(), ALIAS, "characters in an alias");
              }
              for (Argument argument : field.getArguments()) {
                sizes(argument.getValue());
              }
              check(field.getSelectionSet(), field.getName().startsWith("__") ? -20 : depth + 1);
              yield 1;
            }
            case InlineFragment inline -> check(inline.getSelectionSet(), depth);
            case FragmentSpread spread -> spread(spread.getName(), depth);
            default -> 0;
          };
    }
    return here;
  }

  private int spread(String name, int depth) throws Exceeded {
    FragmentDefinition fragment = fragments.get(name);
    if (fragment == null || !spreading.add(name)) {
      return 0; // validation has words for it
    }
    directives(fragment);
    int here = check(fragment.getSelectionSet(), depth);
    spreading.remove(name);
    return here;
  }

  private void directives(DirectivesContainer<?> container) throws Exceeded {
    directives += container.getDirectives().size();
    most(directives, DIRECTIVES, "directives");
  }

  private static void sizes(Value<?> value) throws Exceeded {
    switch (value) {
      case ArrayValue list -> {
        most(list.getValues().size(), ENTRIES, "entries in a list");
        for (Value<?> entry : list.getValues()) {
          sizes(entry);
        }
      }
      case ObjectValue object -> {
        for (ObjectField field : object.getObjectFields()) {
          sizes(field.getValue());
        }
      }
      case StringValue text ->
          most(String.valueOf(text.getValue()).length(), TEXT, "characters in a text");
      default -> {}
    }
  }

  /** What is too much in a variable, also in one of a screen; empty where nothing is. */
  public static Optional<String> exceededIn(@Nullable Object variable) {
    return switch (variable) {
      case List<?> list when list.size() > ENTRIES ->
          Optional.of("A list in the variables has more than %d entries.".formatted(ENTRIES));
      case List<?> list -> first(list);
      case Map<?, ?> object -> first(object.values());
      case String text when text.length() > TEXT ->
          Optional.of("A text in the variables has more than %d characters.".formatted(TEXT));
      case null -> Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> first(Collection<?> values) {
    return values.stream().map(QueryLimits::exceededIn).flatMap(Optional::stream).findFirst();
  }

  private static void most(int found, int most, String what) throws Exceeded {
    if (found > most) {
      throw new Exceeded(what, most);
    }
  }
}
