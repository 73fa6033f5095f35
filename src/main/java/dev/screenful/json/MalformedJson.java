package dev.screenful.json;

/** Thrown if bytes are not one JSON value. The message quotes none of them. */
public sealed class MalformedJson extends Exception permits LoneSurrogate {

  private static final long serialVersionUID = 1;

  MalformedJson(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
