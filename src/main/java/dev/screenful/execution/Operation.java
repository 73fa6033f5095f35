package dev.screenful.execution;

import dev.screenful.document.ValidDocument;
import dev.screenful.store.Cost;
import graphql.language.OperationDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is to be executed.
 *
 * @param document where it stands
 * @param name which of the document's operations, null where it has only one
 * @param variables by name
 * @param cost where it is counted what it costs
 */
public record Operation(
    ValidDocument document,
    @Nullable String name,
    Map<String, @Nullable Object> variables,
    Cost cost)
    implements Task {

  /**
   * Its definition, null where the document has none of that name, or several and no name was
   * given.
   */
  @Nullable OperationDefinition definition() {
    List<OperationDefinition> all =
        document.document().getDefinitionsOfType(OperationDefinition.class);
    if (name == null) {
      return all.size() == 1 ? all.getFirst() : null;
    }
    return all.stream().filter(one -> name.equals(one.getName())).findFirst().orElse(null);
  }

  boolean isMutation() {
    OperationDefinition definition = definition();
    return definition != null
        && definition.getOperation() == OperationDefinition.Operation.MUTATION;
  }
}
