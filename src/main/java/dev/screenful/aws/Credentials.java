package dev.screenful.aws;

import org.jspecify.annotations.Nullable;

/**
 * AWS credentials.
 *
 * @param sessionToken null for long-term credentials
 */
public record Credentials(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {

  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + "]"; // never the secret
  }
}
