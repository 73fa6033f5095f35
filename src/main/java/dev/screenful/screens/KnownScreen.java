package dev.screenful.screens;

import dev.screenful.document.Budget;
import java.util.Optional;
import java.util.Set;

/**
 * A screen that some version of the app sends.
 *
 * @param name the name of its operation
 * @param budget its maximum cost; documents of released apps have the budget of the current screen
 * @param logged the variables that may be logged
 */
public record KnownScreen(String name, Optional<Budget> budget, Set<String> logged) {}
