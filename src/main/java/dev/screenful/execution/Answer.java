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
 * @param executed false for a request error (section 7.1.2): nothing ran, and there is no {@code
 *     data}
 * @param cost what it cost in the store
 */
public record Answer(
    @Nullable String operation,
    Map<String, @Nullable Object> response,
    boolean executed,
    Cost cost) {}
