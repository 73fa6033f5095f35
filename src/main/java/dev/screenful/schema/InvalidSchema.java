package dev.screenful.schema;

import java.util.List;

/** The SDL or its registrations are wrong. The message lists every mistake, one line each. */
public final class InvalidSchema extends IllegalStateException {

  private static final long serialVersionUID = 1;

  InvalidSchema(List<String> problems) {
    super("The schema can't be used:\n  " + String.join("\n  ", problems));
  }
}
