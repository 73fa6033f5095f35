package dev.screenful.execution;

import dev.screenful.store.Cost;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request.
 *
 * @param operation the name of the operation that was executed, null where nothing was or it has
 *     none
 * @param response the response map of the GraphQL specification, section 7.1: {@code data}, {@code
 *     errors}
 * @param outcome whether it was executed
 * @param cost what it cost in the store
 */
public record Answer(
    @Nullable String operation,
    Map<String, @Nullable Object> response,
    Outcome outcome,
    Cost cost) {

  /** How far a request came. */
  public enum Outcome {
    /** It was executed, with or without errors. */
    EXECUTED,
    /** Nothing ran, and there is no {@code data}: a request error (section 7.1.2). */
    REFUSED,
    /** Nothing ran since only a hash was sent that no one has registered: a step of a handshake. */
    UNREGISTERED
  }
}
