package dev.layover;

import dev.layover.local.LiveServer;
import dev.layover.local.LiveWire;
import dev.screenful.kit.Phone;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Measures the time from the response of a mutation to the next message of a subscriber, on the
 * development server. Run it with {@code -Dit.test=LiveLatency}.
 */
final class LiveLatency {

  private static final int WARM_UP = 50;
  private static final int COUNT = 200;
  private static final String FLIGHT = "Flight:RQ204-2026-01-18";

  @Test
  void measure() throws IOException, InterruptedException {
    try (LiveServer server = new LiveServer();
        LiveWire wire = new LiveWire(server)) {
      Map<String, Object> payload =
          Map.of("query", LiveServer.screen("FlightLive"), "variables", Map.of("id", FLIGHT));
      wire.send("{\"type\":\"connection_init\"}")
          .send(Phone.json(Map.of("type", "subscribe", "id", "1", "payload", payload)));
      wire.message();
      wire.message();
      double[] milliseconds = new double[COUNT];
      for (int change = -WARM_UP; change < COUNT; change++) {
        int minutes = 100 + Math.floorMod(change, 1000);
        server.delay(FLIGHT, minutes);
        long responded = System.nanoTime();
        while (!wire.message().contains("\"delayMinutes\":" + minutes)) {
          // an earlier change
        }
        if (change >= 0) {
          milliseconds[change] = (System.nanoTime() - responded) / 1e6;
        }
      }
      Arrays.sort(milliseconds);
      System.out.printf(
          "%d changes: median %.0f ms, p99 %.0f ms, slowest %.0f ms%n",
          COUNT,
          milliseconds[COUNT / 2],
          milliseconds[COUNT * 99 / 100 - 1],
          milliseconds[COUNT - 1]);
    }
  }
}
