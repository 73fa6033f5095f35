package dev.screenful.execution;

import dev.screenful.document.ValidDocument;
import dev.screenful.store.Cost;
import graphql.language.OperationDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation to execute.
 *
 * @param document the document that defines it
 * @param name its name; null if the document has only one operation
 * @param variables by name
 * @param cost collects its cost in the store
 */
public record Operation(
    ValidDocument document,
    @Nullable String name,
    Map<String, @Nullable Object> variables,
    Cost cost)
    implements Task {

  /**
   * The definition; null if the document has no operation of this name, or several and no name was
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
    return is(OperationDefinition.Operation.MUTATION);
  }

  /** Whether this is a subscription, which is answered over a WebSocket only. */
  public boolean isSubscription() {
    return is(OperationDefinition.Operation.SUBSCRIPTION);
  }

  private boolean is(OperationDefinition.Operation kind) {
    OperationDefinition definition = definition();
    return definition != null && definition.getOperation() == kind;
  }
}
