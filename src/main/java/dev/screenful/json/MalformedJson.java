package dev.screenful.json;

/** Thrown if bytes are not one JSON value. The message quotes none of them. */
public final class MalformedJson extends Exception {

  private static final long serialVersionUID = 1;

  MalformedJson(String message) {
    super(message);
  }
}
