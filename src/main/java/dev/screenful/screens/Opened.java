package dev.screenful.screens;

import dev.screenful.execution.Answer;
import java.util.Optional;

/**
 * What came of a request, and which screen it was.
 *
 * @param screen empty where it was none
 */
public record Opened(Answer answer, Optional<KnownScreen> screen) {}
