package dev.screenful.execution;

import java.util.List;

/**
 * The SDL, or what is registered for it, can't be served; the message lists everything that is
 * wrong, a line each.
 */
public final class InvalidSchema extends IllegalStateException {

  private static final long serialVersionUID = 1;

  InvalidSchema(List<String> problems) {
    super("The schema can't be served:\n  " + String.join("\n  ", problems));
  }
}
