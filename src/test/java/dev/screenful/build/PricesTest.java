package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The price of a million openings; comments show the calculation. */
final class PricesTest {

  @Test
  void the_price_of_a_million_openings_consists_of_units_time_and_requests() {
    MeasuredScreen screen = new MeasuredScreen("Home", null, 2000, 26, 6, 8, 2, 30, null);

    Map<String, Double> costs = Prices.read().perMillion(screen);

    // 8 million read units at 0.125, 2 million write units at 0.625
    assertThat(costs.get("DynamoDB")).isCloseTo(2.25, within(0.001));
    // 30,000 seconds with 1 GB at 0.0000133334, and 0.20 for the requests
    assertThat(costs.get("Lambda")).isCloseTo(0.60, within(0.001));
    assertThat(costs.get("API Gateway")).isCloseTo(1.00, within(0.001));
    assertThat(costs.get("all")).isCloseTo(3.85, within(0.001));
  }

  @Test
  void the_expression_for_queries_has_the_same_result() {
    Prices prices = Prices.read();
    MeasuredScreen screen = new MeasuredScreen("Home", null, 2000, 26, 6, 8, 2, 30, null);
    Map<String, Double> figures =
        Map.of(
            "requests",
            7.0,
            "readUnits",
            7 * 8.0,
            "writeUnits",
            7 * 2.0,
            "ms",
            7 * 30.0,
            "bytes",
            7 * 2000.0);

    // 2 GB of responses of a million requests at 0.09
    double each =
        (Objects.requireNonNull(prices.perMillion(screen).get("all")) + 2 * 0.09) / 1_000_000;
    assertThat(valueOf(prices.expression("requests", "1024"), figures))
        .isCloseTo(7 * each, within(1e-9));
    assertThat(valueOf(prices.expression("requests", "2048"), figures))
        .isCloseTo(7 * (each + 30 * 0.0133334 / 1_000_000), within(1e-9));
    assertThat(prices.expression("1", "1024")).doesNotContain("E"); // no exponents
  }

  /** The value of {@code (a * x + b * y ...) / n}. */
  private static double valueOf(String expression, Map<String, Double> figures) {
    Matcher parts = Pattern.compile("\\((.*)\\) / ([0-9]+)").matcher(expression);
    assertThat(parts.matches()).isTrue();
    double sum = 0;
    for (String product : parts.group(1).split(" \\+ ", -1)) {
      double value = 1;
      for (String factor : product.split(" (?=[*/])", -1)) {
        String name = factor.replaceAll("[*/] ", "");
        Double figure = figures.get(name);
        if (figure == null) {
          figure = Double.parseDouble(name);
        }
        value = factor.startsWith("/") ? value / figure : value * figure;
      }
      sum += value;
    }
    return sum / Double.parseDouble(parts.group(2));
  }

  @Test
  void a_million_subscriptions_consist_of_units_invocations_messages_and_minutes() {
    MeasuredScreen screen = new MeasuredScreen("FlightLive", null, 300, 1, 1, 1, 0, 5, null);

    Map<String, Double> costs =
        Prices.read().perMillionSubscriptions(screen, new MeasuredSubscription(7, 15, 20));

    // 8 million read units at 0.125, 15 million write units at 0.625
    assertThat(costs.get("DynamoDB")).isCloseTo(10.375, within(0.001));
    // 20,000 seconds, and four million invocations
    assertThat(costs.get("Lambda")).isCloseTo(0.267 + 0.8, within(0.001));
    // four million messages at 1.00, ten million minutes at 0.25
    assertThat(costs.get("API Gateway")).isCloseTo(6.5, within(0.001));
  }

  @Test
  void a_million_changes_consist_of_units_time_and_messages() {
    MeasuredScreen screen = new MeasuredScreen("FlightLive", null, 300, 1, 1, 1, 0, 5, null);

    Map<String, Double> costs = Prices.read().perMillionChanges(screen);

    assertThat(costs.get("DynamoDB")).isGreaterThan(1);
    assertThat(costs.get("Lambda")).isCloseTo(0.0667 + 0.2, within(0.001));
    assertThat(costs.get("API Gateway")).isCloseTo(1, within(0.001));
  }
}
