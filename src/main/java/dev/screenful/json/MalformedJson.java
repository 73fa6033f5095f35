package dev.screenful.json;

/** A text that is not one JSON value; the message says so without quoting any of it. */
public final class MalformedJson extends Exception {

  private static final long serialVersionUID = 1;

  MalformedJson(String message) {
    super(message);
  }
}
