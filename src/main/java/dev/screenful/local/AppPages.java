package dev.screenful.local;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages of an app on its development server. The page {@code live} is the file {@code
 * live/live.html} in the package of the {@link DevelopmentApp}, and is served at {@code /live}. The
 * other files of the folder are served at {@code /live/NAME}.
 */
public final class AppPages {

  /** A page, or a file in its folder. No name leads out of the folder. */
  private static final Pattern PATH = Pattern.compile("/([a-z-]+)(?:/([a-z-]+\\.[a-z]+))?");

  private final Class<?> near;
  private final Map<String, String> pages;

  /** The pages of an app. */
  public AppPages(DevelopmentApp app) {
    this(app.getClass(), app.pages());
  }

  private AppPages(Class<?> near, Map<String, String> pages) {
    this.near = near;
    this.pages = pages;
  }

  /** No pages. */
  static AppPages none() {
    return new AppPages(AppPages.class, Map.of());
  }

  /** The file at a path; empty if there is none. */
  Optional<PageFile> file(String path) throws IOException {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches() || !pages.containsKey(matcher.group(1))) {
      return Optional.empty();
    }
    String page = matcher.group(1);
    String file = Optional.ofNullable(matcher.group(2)).orElse(page + ".html");
    return PageFile.read(near, page + "/" + file);
  }
}
