package dev.screenful.screens;

import dev.screenful.execution.LiveAnswer;

/**
 * The answer of a live screen.
 *
 * @param screen the response, and the screen that it opened
 * @param answer the response, and all that it depends on
 */
public record LiveScreenAnswer(ScreenResponse screen, LiveAnswer answer) {}
