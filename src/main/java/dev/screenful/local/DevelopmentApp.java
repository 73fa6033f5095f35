package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.store.Table;
import dev.screenful.upload.Bucket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the development server, the build and the tests know of an app: how it is created, who signs
 * in, and its sample data. Its main method runs the {@link Commands}.
 */
public interface DevelopmentApp {

  /** The app's name for people. In lower case, it is also the name of the table. */
  String name();

  /** The class of the Lambda function. */
  Class<? extends RequestStreamHandler> function();

  /**
   * Creates the app.
   *
   * @param clock the current time; recordings and tests stop it
   * @param random generates ids; recordings and tests seed it
   * @param bucket stores uploads
   */
  App app(Clock clock, RandomGenerator random, Bucket bucket);

  /** The development users. */
  List<DevelopmentIdentity> identities();

  /**
   * Loads the sample data. Existing data stays unchanged.
   *
   * @param table an existing table, possibly with data of an earlier start
   * @param all whether to load all of a large sample; an app with a small one always loads it whole
   * @return a summary for people, such as "120 notes"
   */
  String load(Table table, Clock clock, boolean all);

  /**
   * The environment variables that the app's function reads itself, with values for this machine,
   * such as the key of tokens that the app issues; none by default.
   */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** Stores the uploads that the examples of screens use; none by default. */
  default void upload(LocalS3 bucket) {}

  /**
   * The app's own pages on the development server, by name, each with a description for people;
   * none by default. The page {@code live} is the file {@code live/live.html} in the package of
   * this class, and is served at {@code /live}. Other files of the folder {@code live} are served
   * at {@code /live/NAME}.
   */
  default Map<String, String> pages() {
    return Map.of();
  }

  /** The values for placeholders such as {@code {tomorrow}} in the screens' examples. */
  Map<String, String> examples(Table table, Clock clock);
}
