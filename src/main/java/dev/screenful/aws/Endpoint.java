package dev.screenful.aws;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of a service.
 *
 * @param uri the address, with the scheme {@code https} or {@code http}
 * @param region the AWS region, such as {@code eu-central-1}
 */
public record Endpoint(URI uri, String region) {

  /**
   * The endpoint of a service for a Lambda function: the region from {@code AWS_REGION} or {@code
   * AWS_DEFAULT_REGION}, and the address from {@code AWS_ENDPOINT_URL_SERVICE} or {@code
   * AWS_ENDPOINT_URL}, if one is set.
   *
   * @param service the service's name in host names, such as {@code dynamodb}
   * @throws IllegalArgumentException if no region is set
   * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">
   *     Service-specific endpoints</a>
   */
  public static Endpoint of(String service, Map<String, String> environment) {
    String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
    if (region == null) {
      throw new IllegalArgumentException("The environment variable AWS_REGION is not set.");
    }
    String own = "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT);
    String url = first(environment, own, "AWS_ENDPOINT_URL");
    String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    return new Endpoint(
        URI.create(url == null ? "https://" + service + "." + region + "." + domain : url), region);
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
  public String host() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
