package dev.screenful.dynamodb;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of DynamoDB.
 *
 * @param uri the address, with the scheme {@code https} or {@code http}
 * @param region the AWS region, such as {@code eu-central-1}
 */
public record Endpoint(URI uri, String region) {

  /**
   * The endpoint of a Lambda function: the region from {@code AWS_REGION} or {@code
   * AWS_DEFAULT_REGION}, and the address from {@code AWS_ENDPOINT_URL_DYNAMODB} or {@code
   * AWS_ENDPOINT_URL}, if one is set.
   *
   * @throws IllegalArgumentException if no region is set
   * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">
   *     Service-specific endpoints</a>
   */
  public static Endpoint of(Map<String, String> environment) {
    String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
    if (region == null) {
      throw new IllegalArgumentException("The environment variable AWS_REGION is not set.");
    }
    String url = first(environment, "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL");
    String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return new Endpoint(
        URI.create(url == null ? "https://dynamodb." + region + "." + domain : url), region);
  }

  private static @Nullable String first(Map<String, String> environment, String... variables) {
    for (String variable : variables) {
      String value = environment.get(variable);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return null;
  }

  /** The value of the {@code Host} header: the port only if it is not the scheme's default. */
  String host() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
