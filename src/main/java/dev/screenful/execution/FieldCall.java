package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.json.Json;
import dev.screenful.resolver.Arguments;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.schema.Projections;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Page;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Position;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import graphql.AssertException;
import graphql.GraphQLException;
import graphql.execution.ExecutionStepInfo;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.SelectedField;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A call that is backed by graphql-java. */
final class FieldCall implements Call {

  /** Entries of a page, unless the SDL has a default for {@code first}. */
  private static final int DEFAULT_PAGE = 20;

  /** The directive that makes reads strongly consistent. */
  private static final String CONSISTENT = "consistent";

  private final DataFetchingEnvironment environment;
  private final Arguments arguments;
  private final RequestContext request;
  private final Projections projections;
  private final Cursors cursors;

  /** The arguments of paging, which are not part of a cursor's scope. */
  private Set<String> paging = Set.of("first", "after");

  /** Made once for all cursors of a page. */
  private @Nullable String scope;

  /**
   * A call.
   *
   * @throws ClientError {@code BAD_USER_INPUT} if a variable is null where its argument must not be
   */
  FieldCall(DataFetchingEnvironment environment, Projections projections, Cursors cursors) {
    this.environment = environment;
    this.arguments = arguments(environment);
    this.request = RequestContext.of(environment.getGraphQlContext());
    this.projections = projections;
    this.cursors = cursors;
  }

  /**
   * The arguments. A nullable variable is valid for a non-null argument with a default, so that its
   * null is found only now (GraphQL specification, section 6.4.1).
   */
  private static Arguments arguments(DataFetchingEnvironment environment) {
    try {
      Map<String, Object> values = environment.getArguments();
      for (GraphQLArgument argument : environment.getFieldDefinition().getArguments()) {
        requireNoNullEntry(argument.getType(), values.get(argument.getName()));
      }
      return new Arguments(values);
    } catch (AssertException inObject) { // graphql-java does not expect it there
      throw invalid("An input field that must not be null is null.");
    } catch (GraphQLException invalid) {
      throw invalid(Errors.reworded(invalid.getMessage()));
    }
  }

  /** graphql-java does not check variables that are entries of a list in the document. */
  private static void requireNoNullEntry(GraphQLType type, @Nullable Object value) {
    GraphQLType nullable = GraphQLTypeUtil.unwrapNonNull(type);
    switch (value) {
      case List<?> entries when nullable instanceof GraphQLList list -> {
        for (Object entry : entries) {
          if (entry == null && GraphQLTypeUtil.isNonNull(list.getWrappedType())) {
            throw invalid("An entry of a list that must not be null is null.");
          }
          requireNoNullEntry(list.getWrappedType(), entry);
        }
      }
      case Map<?, ?> fields when nullable instanceof GraphQLInputObjectType object ->
          object
              .getFieldDefinitions()
              .forEach(field -> requireNoNullEntry(field.getType(), fields.get(field.getName())));
      case null -> {}
      default -> {}
    }
  }

  private static ClientError invalid(String message) {
    return new ClientError(ErrorCode.BAD_USER_INPUT, message);
  }

  @Override
  public Arguments arguments() {
    return arguments;
  }

  @Override
  public Item source() {
    if (environment.getSource() instanceof Item item) {
      return item;
    }
    throw new IllegalStateException(
        "%s has no parent object, since it is a field of a root type or of a connection."
            .formatted(coordinates()));
  }

  private String coordinates() {
    return GraphQLTypeUtil.simplePrint(environment.getParentType()) + "." + field();
  }

  @Override
  public Caller caller() {
    return request.callerOfValue();
  }

  @Override
  public Store store() {
    Store store = request.store().chargedTo(request.store().cost().field(path(environment)));
    return isConsistent(environment) ? store.consistent() : store;
  }

  /**
   * Whether a field reads strongly consistently: if the operation, the field or a field above it
   * has {@code @consistent}.
   */
  static boolean isConsistent(DataFetchingEnvironment environment) {
    if (environment.getOperationDefinition().hasDirective(CONSISTENT)) {
      return true;
    }
    for (ExecutionStepInfo step = environment.getExecutionStepInfo();
        step != null && step.hasParent();
        step = step.getParent()) {
      GraphQLFieldDefinition field = step.getFieldDefinition();
      if (field != null && field.hasAppliedDirective(CONSISTENT)) {
        return true;
      }
    }
    return false;
  }

  /** The context of the operation. */
  RequestContext request() {
    return request;
  }

  /** The field's name. */
  String field() {
    return environment.getField().getName();
  }

  /** The field's key in the response: its alias, or its name. */
  String responseKey() {
    return environment.getField().getResultKey();
  }

  /** The argument {@code input} in its normal form. A null differs from a field left out. */
  SortedMap<String, @Nullable Object> normalInput() {
    GraphQLArgument input =
        Objects.requireNonNull(environment.getFieldDefinition().getArgument("input"));
    return new NormalInput(true)
        .object(
            (GraphQLInputObjectType) GraphQLTypeUtil.unwrapNonNull(input.getType()),
            input().values());
  }

  /** The selection set as text; equal selections have equal texts. */
  String selectionText() {
    StringBuilder text = new StringBuilder();
    write(environment.getSelectionSet(), text);
    return text.toString();
  }

  private static void write(DataFetchingFieldSelectionSet selection, StringBuilder text) {
    text.append('{');
    for (SelectedField field : selection.getImmediateFields()) {
      text.append(String.join("|", new TreeSet<>(field.getObjectTypeNames())))
          .append(' ')
          .append(field.getResultKey())
          .append(':')
          .append(field.getName())
          .append(Json.text(new TreeMap<>(field.getArguments())));
      write(field.getSelectionSet(), text);
    }
    text.append('}');
  }

  /** The path of a field without list indexes, such as {@code departures.edges.node.origin}. */
  static String path(DataFetchingEnvironment environment) {
    return String.join(".", environment.getExecutionStepInfo().getPath().getKeysOnly());
  }

  @Override
  public Projection selection(String... path) {
    return projections.of(environment, path);
  }

  @Override
  public PageRequest page(String size, String cursor, int most) {
    paging = Set.of(size, cursor);
    scope = null;
    int first = pageSize(size, most);
    Position after =
        arguments
            .optionalText(cursor)
            .map(text -> cursors.decode(cursor, text, scope()))
            .orElse(null);
    return new PageRequest(first, after);
  }

  /**
   * The page size of an argument.
   *
   * @throws ClientError {@code BAD_USER_INPUT} unless it is between 1 and the largest page
   */
  int pageSize(String argument, int most) {
    int size =
        arguments
            .optionalInteger(argument)
            .orElseGet(() -> defaultPage(environment.getFieldDefinition(), argument));
    if (size < 1 || size > most) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'%s' must be between 1 and %d, not %d.".formatted(argument, most, size));
    }
    return size;
  }

  /** The page size if its argument is absent or null: the SDL's default, or the engine's. */
  static int defaultPage(GraphQLFieldDefinition field, String argument) {
    GraphQLArgument size = field.getArgument(argument);
    return size != null
            && size.hasSetDefaultValue()
            && GraphQLArgument.getArgumentDefaultValue(size) instanceof Integer byDefault
        ? byDefault
        : DEFAULT_PAGE;
  }

  @Override
  public @Nullable String cursor(Page page) {
    Position end = page.end();
    return end == null ? null : cursor(end);
  }

  @Override
  public String cursor(Page.Entry entry) {
    return cursor(entry.position());
  }

  /** The cursor of a position in the list of this call. It is signed for the caller. */
  String cursor(Position position) {
    request.callerOfValue();
    return cursors.encode(position, scope());
  }

  private String scope() {
    if (scope == null) {
      scope = scopeOfList();
    }
    return scope;
  }

  /**
   * The scope of the list: the field, the key of its parent, if it has one, its arguments except
   * those of paging, and the caller. A null counts as left out.
   */
  private String scopeOfList() {
    Map<String, @Nullable Object> filters =
        new NormalInput(false).arguments(environment.getFieldDefinition(), arguments.values());
    filters.keySet().removeAll(paging);
    String caller = request.caller() instanceof Caller.Verified verified ? verified.id() : "";
    Key parent = environment.getSource() instanceof Item item ? item.key() : null;
    String of = parent == null ? "" : parent.toString();
    return String.join("\n", coordinates(), of, Json.text(filters), caller);
  }
}
