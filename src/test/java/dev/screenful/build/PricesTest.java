package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
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
