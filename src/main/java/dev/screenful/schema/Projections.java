package dev.screenful.schema;

import dev.screenful.store.Projection;
import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableReference;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns selection sets into projections: each selected field needs the attribute of its name, or
 * the attributes that its registration names. The owner's attribute is always read.
 *
 * <p>It reads the syntax tree. graphql-java's own {@code DataFetchingFieldSelectionSet} normalises
 * the whole operation first, in each request.
 */
public final class Projections {

  private final RegisteredFields registered;
  private final OwnerRule owners;

  Projections(RegisteredFields registered, OwnerRule owners) {
    this.registered = registered;
    this.owners = owners;
  }

  /**
   * The projection of the items at the end of a path of fields. For a connection, those are its
   * nodes.
   *
   * @param path field names below the field that is fetched; empty for that field itself
   */
  public Projection of(DataFetchingEnvironment environment, String... path) {
    Selections selections = Selections.of(environment).nodes();
    for (String field : path) {
      selections = selections.below(field).nodes();
    }
    Set<String> attributes = new HashSet<>();
    for (Selected field : selections.fields()) {
      String type = field.parent().getName();
      attributes.addAll(registered.needs(type, field.node().getName()));
      String owner = owners.attribute(type);
      if (owner != null) {
        attributes.add(owner);
      }
    }
    return new Projection(attributes);
  }

  /** A selected field of a possible type. */
  private record Selected(GraphQLObjectType parent, Field node) {}

  /** The fields that are selected on objects of some types. */
  private record Selections(
      DataFetchingEnvironment environment, Set<GraphQLObjectType> types, List<Selected> fields) {

    Selections(DataFetchingEnvironment environment) {
      this(environment, new LinkedHashSet<>(), new ArrayList<>());
    }

    /** The selections on the value of the field that is fetched. */
    static Selections of(DataFetchingEnvironment environment) {
      Selections selections = new Selections(environment);
      for (Field field : environment.getMergedField().getFields()) {
        selections.add(field.getSelectionSet(), environment.getFieldType());
      }
      return selections;
    }

    /**
     * The selections on the values of fields with a name.
     *
     * @throws IllegalArgumentException if no type has such a field
     */
    Selections below(String name) {
      if (!types.isEmpty()
          && types.stream().allMatch(type -> type.getFieldDefinition(name) == null)) {
        throw new IllegalArgumentException(
            "A selection of '%s': no such field in %s."
                .formatted(name, types.stream().map(GraphQLObjectType::getName).toList()));
      }
      Selections below = new Selections(environment);
      for (Selected field : fields) {
        if (field.node().getName().equals(name)) {
          below.add(
              field.node().getSelectionSet(), field.parent().getFieldDefinition(name).getType());
        }
      }
      return below;
    }

    /** The selections on the nodes of connections; these selections, if there are none. */
    Selections nodes() {
      return types.stream().anyMatch(ConnectionTypes::isConnection)
          ? below("edges").below("node")
          : this;
    }

    private void add(@Nullable SelectionSet set, GraphQLType type) {
      List<GraphQLObjectType> possible = possible(GraphQLTypeUtil.unwrapAll(type));
      types.addAll(possible);
      if (set != null) {
        add(set, possible);
      }
    }

    private void add(SelectionSet set, List<GraphQLObjectType> types) {
      for (Selection<?> selection : set.getSelections()) {
        if (!isIncluded((DirectivesContainer<?>) selection)) {
          continue;
        }
        switch (selection) {
          case Field field -> {
            for (GraphQLObjectType type : types) {
              fields.add(new Selected(type, field));
            }
          }
          case InlineFragment inline ->
              add(inline.getSelectionSet(), restricted(types, inline.getTypeCondition()));
          case FragmentSpread spread -> {
            FragmentDefinition fragment =
                Objects.requireNonNull(environment.getFragmentsByName().get(spread.getName()));
            add(fragment.getSelectionSet(), restricted(types, fragment.getTypeCondition()));
          }
          default -> throw new IllegalStateException("An unknown selection: " + selection);
        }
      }
    }

    private List<GraphQLObjectType> restricted(
        List<GraphQLObjectType> types, @Nullable TypeName condition) {
      if (condition == null) {
        return types;
      }
      List<GraphQLObjectType> restricted = new ArrayList<>(types);
      restricted.retainAll(possible(schema().getType(condition.getName())));
      return restricted;
    }

    /** The object types that values of a type can have; none for scalars and enums. */
    private List<GraphQLObjectType> possible(@Nullable GraphQLType type) {
      if (type instanceof GraphQLObjectType object) {
        return List.of(object);
      }
      if (type instanceof GraphQLInterfaceType face) {
        return Objects.requireNonNullElse(schema().getImplementations(face), List.of());
      }
      return type instanceof GraphQLUnionType union ? members(union) : List.of();
    }

    private static List<GraphQLObjectType> members(GraphQLUnionType union) {
      List<GraphQLObjectType> members = new ArrayList<>();
      for (GraphQLNamedType member : union.getTypes()) {
        members.add((GraphQLObjectType) member);
      }
      return members;
    }

    private GraphQLSchema schema() {
      return environment.getGraphQLSchema();
    }

    /** Evaluates {@code @skip} and {@code @include}. */
    private boolean isIncluded(DirectivesContainer<?> node) {
      for (Directive directive : node.getDirectives()) {
        switch (directive.getName()) {
          case "skip" -> {
            if (condition(directive)) {
              return false;
            }
          }
          case "include" -> {
            if (!condition(directive)) {
              return false;
            }
          }
          default -> {}
        }
      }
      return true;
    }

    private boolean condition(Directive directive) {
      Argument argument = Objects.requireNonNull(directive.getArgument("if"));
      return switch (argument.getValue()) {
        case BooleanValue literal -> literal.isValue();
        case VariableReference variable ->
            Boolean.TRUE.equals(environment.getVariables().get(variable.getName()));
        default -> false;
      };
    }
  }
}
