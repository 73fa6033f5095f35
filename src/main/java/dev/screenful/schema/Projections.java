package dev.screenful.schema;

import dev.screenful.store.Projection;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.SelectedField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns selection sets into projections: each selected field needs the attribute of its name, or
 * the attributes that its registration names. The owner's attribute is always read.
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
    List<DataFetchingFieldSelectionSet> selections =
        nodes(environment.getFieldType(), List.of(environment.getSelectionSet()));
    for (String field : path) {
      List<DataFetchingFieldSelectionSet> next = new ArrayList<>();
      for (SelectedField selected : fields(selections, field)) {
        next.addAll(nodes(selected.getType(), List.of(selected.getSelectionSet())));
      }
      selections = next;
    }
    Set<String> attributes = new HashSet<>();
    for (DataFetchingFieldSelectionSet selection : selections) {
      for (SelectedField field : selection.getImmediateFields()) {
        for (String type : field.getObjectTypeNames()) {
          attributes.addAll(registered.needs(type, field.getName()));
          Optional.ofNullable(owners.attribute(type)).ifPresent(attributes::add);
        }
      }
    }
    return new Projection(attributes);
  }

  private static List<DataFetchingFieldSelectionSet> nodes(
      GraphQLOutputType type, List<DataFetchingFieldSelectionSet> selections) {
    GraphQLNamedType named = GraphQLTypeUtil.unwrapAllAs(type);
    return ConnectionTypes.isConnection(named.getName())
        ? within(within(selections, "edges"), "node")
        : selections;
  }

  private static List<DataFetchingFieldSelectionSet> within(
      List<DataFetchingFieldSelectionSet> selections, String field) {
    return fields(selections, field).stream().map(SelectedField::getSelectionSet).toList();
  }

  private static List<SelectedField> fields(
      List<DataFetchingFieldSelectionSet> selections, String name) {
    return selections.stream()
        .flatMap(selection -> selection.getImmediateFields().stream())
        .filter(field -> field.getName().equals(name))
        .toList();
  }
}
