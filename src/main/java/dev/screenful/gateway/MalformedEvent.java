package dev.screenful.gateway;

/** Thrown if an event is not an HTTP request of API Gateway or a function URL. */
final class MalformedEvent extends Exception {

  private static final long serialVersionUID = 1;

  MalformedEvent(String message) {
    super(message);
  }
}
