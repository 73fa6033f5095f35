package dev.screenful.screens;

import dev.screenful.execution.GraphqlResponse;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a request, and which screen it was.
 *
 * @param screen empty where it was none
 * @param logged the variables that the screen lets the log have, by name
 */
public record ScreenResponse(GraphqlResponse answer, Optional<KnownScreen> screen, Map<String, Object> logged) {}
