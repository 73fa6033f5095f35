package dev.screenful.screens;

import dev.screenful.execution.Budget;
import java.util.Optional;

/**
 * A document that the app is known to send.
 *
 * @param name of its operation, which is the screen's
 * @param budget what it may cost; a document of a released app has that of the screen as it is now
 */
public record KnownScreen(String name, Optional<Budget> budget) {}
