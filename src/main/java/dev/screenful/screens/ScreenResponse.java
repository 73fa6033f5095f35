package dev.screenful.screens;

import dev.screenful.execution.GraphqlResponse;
import java.util.Map;
import java.util.Optional;

/**
 * The response to a request, and the screen that it opened.
 *
 * @param response the response
 * @param screen the screen; empty for an unknown document
 * @param logged the variables to log, by name
 */
public record ScreenResponse(
    GraphqlResponse response, Optional<KnownScreen> screen, Map<String, Object> logged) {}
