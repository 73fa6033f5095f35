package dev.screenful.execution;

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
import java.util.Set;

/**
 * Selection sets as projections: each selected field needs the attribute of its name, or those its
 * registration names.
 */
final class Projections {

  private final RegisteredFields registered;

  Projections(RegisteredFields registered) {
    this.registered = registered;
  }

  /**
   * What is needed of the items that a path of fields leads to; connections are passed through to
   * their nodes.
   */
  Projection of(DataFetchingEnvironment environment, String... path) {
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
        field
            .getObjectTypeNames()
            .forEach(type -> attributes.addAll(registered.needs(type, field.getName())));
      }
    }
    return new Projection(attributes);
  }

  private static List<DataFetchingFieldSelectionSet> nodes(
      GraphQLOutputType type, List<DataFetchingFieldSelectionSet> selections) {
    GraphQLNamedType named = GraphQLTypeUtil.unwrapAllAs(type);
    return Connection.isConnection(named.getName())
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
