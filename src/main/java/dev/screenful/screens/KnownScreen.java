package dev.screenful.screens;

import dev.screenful.document.Budget;
import java.util.Optional;
import java.util.Set;

/**
 * A document that the app is known to send.
 *
 * @param name of its operation, which is the screen's
 * @param budget what it may cost; a document of a released app has that of the screen as it is now
 * @param logged the variables that may be written to the log; no others are
 */
public record KnownScreen(String name, Optional<Budget> budget, Set<String> logged) {}
