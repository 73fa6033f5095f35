package dev.screenful.runtime;

/** Thrown if Lambda does not accept the response of an invocation. */
final class ResponseRefused extends Exception {

  private static final long serialVersionUID = 1;

  ResponseRefused(int bytes, int status) {
    super("Lambda refused the response of %d bytes with status %d.".formatted(bytes, status));
  }
}
