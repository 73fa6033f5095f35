package dev.screenful.connection;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server closed a connection before it sent any byte of the response. */
public final class StaleConnection extends IOException {

  private static final long serialVersionUID = 1;

  StaleConnection(@Nullable Throwable cause) {
    super("The server closed the connection.", cause);
  }
}
