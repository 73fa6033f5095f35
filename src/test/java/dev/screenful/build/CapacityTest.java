package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The needs of a mix of two screens; comments show the calculation. */
final class CapacityTest {

  /** Three of four openings read a flight, and the others write one. Their mean is 40 ms. */
  private static String page(Duration cachedFor) {
    MeasuredScreen read = new MeasuredScreen("Flight", null, 1000, 1, 1, 2, 0, 20, null);
    MeasuredScreen write = new MeasuredScreen("Update", null, 1000, 0, 1, 0, 4, 100, null);
    return new Capacity(
            List.of(
                new Capacity.ScreenShare(
                    read,
                    0.75,
                    List.of(
                        new Capacity.KeyAccess("FLIGHT#", 1, 1, 0),
                        new Capacity.KeyAccess("departures", 1, 1, 0))),
                new Capacity.ScreenShare(
                    write,
                    0.25,
                    List.of(
                        new Capacity.KeyAccess("FLIGHT#", 1, 0, 2),
                        new Capacity.KeyAccess("TRAVELLER#", 1, 0, 2)))),
            Map.of(
                "FLIGHT#", new Capacity.KeyPopularity(Map.of("FLIGHT#1", 1.0), cachedFor),
                "departures",
                    new Capacity.KeyPopularity(
                        Map.of("DFW", 0.5, "AUS", 0.25, "SFO", 0.25), Duration.ZERO)),
            500,
            Quotas.DEFAULTS)
        .markdown();
  }

  @Test
  void concurrency_and_units_are_proportional_to_the_rate() {
    assertThat(page(Duration.ZERO))
        // 10 a second for 0.040 seconds; 1,000; 100,000
        .contains("| concurrent executions | 0.4 | 40 | 4,000 |")
        .contains("| the same, if a request takes 3 times as long | 1.2 | 120 | 12,000 |")
        // 0.75 * 2 and 0.25 * 4 units an opening
        .contains("| read units a second | 15 | 1,500 | 150,000 |")
        .contains("| write units a second | 10 | 1,000 | 100,000 |");
  }

  @Test
  void a_bill_has_a_line_for_each_price() {
    // 10 a second are 25.92 million in 30 days
    assertThat(page(Duration.ZERO))
        // 1.5 * 0.125, and 1 * 0.625 for a million
        .contains("| DynamoDB, reads | 4.9 | 486 | 48,600 |")
        .contains("| DynamoDB, writes | 16 | 1,620 | 162,000 |")
        .contains("| Lambda, requests | 5.2 | 518 | 51,840 |")
        // 0.040 GB-seconds at 0.0000133334
        .contains("| Lambda, duration | 14 | 1,382 | 138,241 |")
        .contains("| API Gateway, requests | 26 | 2,592 | 259,200 |")
        // 1,000 bytes at 0.09 for 10^9, and 500 bytes at 0.50
        .contains("| data transfer | 2.3 | 233 | 23,328 |")
        .contains("| CloudWatch Logs | 6.5 | 648 | 64,800 |");
  }

  @Test
  void the_limits_are_sorted_by_the_rate_that_meets_them() {
    List<String> lines = page(Duration.ZERO).lines().toList();

    assertThat(lines.get(4)).contains("ThrottlingRateLimit", "| 200 | 200 |");
    // All writes of flights are of one key: 0.25 * 2 units an opening; the simulation draws them.
    assertThat(lines.get(5)).startsWith("| write units of one partition a second | 1,000 | ");
    assertThat(rate(lines.get(5))).isBetween(1_950, 2_050);
    // 0.75 * 1 unit of the flight
    assertThat(lines.get(6)).startsWith("| read units of one partition a second | 3,000 | ");
    assertThat(rate(lines.get(6))).isBetween(3_950, 4_050);
    assertThat(lines.get(7)).contains("requests to Lambda", "| 10,000 | 10,000 |");
    // 40,000 / 1.5, and 1,000 / 0.040
    assertThat(lines.get(9)).isEqualTo("| concurrent executions of Lambda | 1,000 | 25,000 |");
    assertThat(lines.get(10))
        .isEqualTo("| read units of the table and its indexes a second | 40,000 | 26,667 |");
  }

  @Test
  void instances_read_a_cached_key_only_once_in_its_time() {
    // Half of 0.75 units are of DFW. The 4,000 instances read the flight each 2 seconds.
    assertThat(page(Duration.ofSeconds(2)))
        .containsPattern("busiest key by reads \\|.*`DFW` of the index `departures` \\|\n")
        .containsPattern("its read units a second \\| [0-9.]+ \\| 37[0-9] \\| 37,[0-9]{3} \\|");
    assertThat(page(Duration.ZERO)).contains("`FLIGHT#1` | `FLIGHT#1` | `FLIGHT#1` |");
  }

  private static int rate(String line) {
    String[] cells = line.split("\\|", -1);
    return Integer.parseInt(cells[3].strip().replace(",", ""));
  }
}
