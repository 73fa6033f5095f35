package dev.screenful.aws;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/** Provides the current AWS credentials. */
@FunctionalInterface
public interface CredentialsSource {

  /**
   * The credentials for the next request.
   *
   * @throws IOException if they can't be loaded
   */
  Credentials get() throws IOException;

  /** Drops cached credentials, so that new ones are loaded for the next request. */
  default void forget() {}

  /**
   * The credentials of a Lambda function: those in {@code AWS_ACCESS_KEY_ID}, {@code
   * AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}, or, with SnapStart, those of the endpoint
   * {@code AWS_CONTAINER_CREDENTIALS_FULL_URI}.
   *
   * @throws IllegalArgumentException if the environment has neither
   */
  static CredentialsSource of(Map<String, String> environment, InstantSource clock) {
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id != null && secret != null) {
      Credentials fixed = new Credentials(id, secret, environment.get("AWS_SESSION_TOKEN"));
      return () -> fixed;
    }
    String uri = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (uri != null) {
      String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
      return new ContainerCredentials(URI.create(uri), token, clock);
    }
    throw new IllegalArgumentException(
        "There are no AWS credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
  }
}
