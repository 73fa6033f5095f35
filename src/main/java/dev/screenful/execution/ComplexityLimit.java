package dev.screenful.execution;

import dev.screenful.resolver.Call;
import dev.screenful.schema.ConnectionTypes;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Limits the complexity of unknown operations before they run, of all operations in a body
 * together. The complexity is the number of fields; fields of a list count once for each entry that
 * the list may have. Fields with {@code @skip} or {@code @include} count in any case.
 */
final class ComplexityLimit {

  /** For example a page of 50 with 19 fields each, or two lists of 20 with 24. */
  private static final int MAX_COMPLEXITY = 1000;

  /** The assumed length of a list without an argument {@code first}. */
  private static final int LIST_LENGTH = 10;

  private static final String FIRST = "first";

  /** Counting stops here, so that products do not overflow. */
  private static final long CEILING = 1_000_000;

  private final GraphQLSchema schema;
  private long total;

  /** A limit for the operations of one body. */
  ComplexityLimit(GraphQLSchema schema) {
    this.schema = schema;
  }

  /**
   * Adds an operation of a known document, which has a budget instead, or of an unknown one. An
   * operation that exceeds the limit is not counted.
   *
   * @return the exceeded limit, in words; empty if none
   */
  Optional<String> exceededBy(Operation operation, OperationDefinition definition) {
    if (operation.document().isKnown()) {
      return Optional.empty();
    }
    long complexity = new Count(operation, definition).ofOperation();
    if (total + complexity <= MAX_COMPLEXITY) {
      total += complexity;
      return Optional.empty();
    }
    String before =
        total == 0 ? "" : ", %d with the operations before it".formatted(total + complexity);
    return Optional.of(
        "The operation's complexity is %s%s; the limit is %d fields, counting those of a list once for each entry."
            .formatted(
                complexity >= CEILING ? "over " + CEILING : complexity, before, MAX_COMPLEXITY));
  }

  /** Counts the fields of one operation. Its document is valid. */
  private final class Count {

    private final Map<String, @Nullable Object> variables;
    private final OperationDefinition definition;
    private final Map<String, FragmentDefinition> fragments;

    Count(Operation operation, OperationDefinition definition) {
      this.variables = operation.variables();
      this.definition = definition;
      this.fragments =
          operation.document().document().getDefinitionsOfType(FragmentDefinition.class).stream()
              .collect(Collectors.toMap(FragmentDefinition::getName, Function.identity()));
    }

    long ofOperation() {
      GraphQLObjectType root =
          switch (definition.getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
          };
      return of(definition.getSelectionSet(), root, false);
    }

    /** The complexity of selections on a type; in a page, lists are already counted by the page. */
    private long of(@Nullable SelectionSet selections, @Nullable GraphQLType type, boolean inPage) {
      if (selections == null) {
        return 0;
      }
      long count = 0;
      for (Selection<?> selection : selections.getSelections()) {
        count +=
            switch (selection) {
              case Field field -> of(field, type, inPage);
              case InlineFragment inline ->
                  of(
                      inline.getSelectionSet(),
                      conditioned(inline.getTypeCondition(), type),
                      inPage);
              case FragmentSpread spread -> {
                FragmentDefinition fragment =
                    Objects.requireNonNull(fragments.get(spread.getName()));
                yield of(
                    fragment.getSelectionSet(),
                    conditioned(fragment.getTypeCondition(), type),
                    inPage);
              }
              default -> 0;
            };
      }
      return Math.min(CEILING, count);
    }

    private @Nullable GraphQLType conditioned(
        @Nullable TypeName condition, @Nullable GraphQLType type) {
      return condition == null ? type : schema.getType(condition.getName());
    }

    private long of(Field field, @Nullable GraphQLType type, boolean inPage) {
      if (field.getName().startsWith("__") || !(type instanceof GraphQLFieldsContainer parent)) {
        return 1; // introspection has limits of its own
      }
      GraphQLFieldDefinition defined =
          Objects.requireNonNull(parent.getFieldDefinition(field.getName()));
      boolean isPage = defined.getArgument(FIRST) != null;
      long children =
          of(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(defined.getType()), isPage);
      long entries = isPage ? first(field, defined) : inPage ? 1 : length(defined);
      return Math.min(CEILING, Math.max(least(defined), 1 + entries * children));
    }

    /** The size of the page that a field asks for. */
    private long first(Field field, GraphQLFieldDefinition defined) {
      boolean isConnection =
          ConnectionTypes.isConnection(GraphQLTypeUtil.unwrapAll(defined.getType()));
      long max = isConnection ? Call.MAX_PAGE : CEILING; // a larger one is refused, or has @cost
      return field.getArguments().stream()
          .filter(argument -> argument.getName().equals(FIRST))
          .findFirst()
          .flatMap(this::number)
          .map(first -> Math.clamp(first, 1L, max))
          .orElseGet(() -> (long) FieldCall.defaultPage(defined, FIRST));
    }

    private Optional<Long> number(Argument argument) {
      return switch (argument.getValue()) {
        case VariableReference variable -> number(variable.getName());
        case IntValue literal -> Optional.of(number(literal.getValue()));
        default -> Optional.empty();
      };
    }

    private Optional<Long> number(String variable) {
      if (variables.containsKey(variable)) {
        return variables.get(variable) instanceof Number number
            ? Optional.of(number(new BigDecimal(number.toString()).toBigInteger()))
            : Optional.empty();
      }
      for (VariableDefinition declared : definition.getVariableDefinitions()) {
        if (declared.getName().equals(variable)
            && declared.getDefaultValue() instanceof IntValue byDefault) {
          return Optional.of(number(byDefault.getValue()));
        }
      }
      return Optional.empty();
    }

    private static long number(BigInteger number) {
      return number.bitLength() < Long.SIZE ? number.longValue() : CEILING;
    }
  }

  /** The minimum that {@code @cost} sets for a field that reads much more than it returns. */
  private static int least(GraphQLFieldDefinition field) {
    GraphQLAppliedDirective cost = field.getAppliedDirective("cost");
    return cost == null ? 1 : Objects.requireNonNull(cost.getArgument("least")).<Integer>getValue();
  }

  private static int length(GraphQLFieldDefinition field) {
    return GraphQLTypeUtil.unwrapNonNull(field.getType()) instanceof GraphQLList ? LIST_LENGTH : 1;
  }
}
