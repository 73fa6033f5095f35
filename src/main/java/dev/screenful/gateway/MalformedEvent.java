package dev.screenful.gateway;

import org.jspecify.annotations.Nullable;

/** An event that no gateway has sent. */
final class MalformedEvent extends Exception {

  private static final long serialVersionUID = 1;

  MalformedEvent(@Nullable String message) {
    super(message);
  }
}
