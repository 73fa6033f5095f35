package dev.screenful.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** A file of a page, as the development server sends it. */
record PageFile(String contentType, byte[] bytes) {

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html",
          "js", "text/javascript",
          "css", "text/css");

  /**
   * Reads a file from the class path; empty if there is none.
   *
   * @param near the class whose package the name is relative to
   * @param name the name, with a known extension
   */
  static Optional<PageFile> read(Class<?> near, String name) throws IOException {
    String contentType = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (contentType == null) {
      return Optional.empty();
    }
    try (InputStream in = near.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new PageFile(contentType, in.readAllBytes()));
    }
  }
}
