package dev.screenful.build;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Public on-demand prices, from {@code prices.json} with their date.
 *
 * @param figures the content of the file
 */
record Prices(Map<?, ?> figures) {

  /** The prices of the file. */
  static Prices read() {
    try (InputStream in =
        Objects.requireNonNull(Prices.class.getResourceAsStream("prices.json"), "prices.json")) {
      if (Json.read(in.readAllBytes()) instanceof Map<?, ?> figures) {
        return new Prices(figures);
      }
      throw new IllegalStateException("prices.json must be a JSON object.");
    } catch (MalformedJson | IOException unreadable) {
      throw new UncheckedIOException(new IOException("prices.json can't be read.", unreadable));
    }
  }

  /** The cost of a million openings of a screen in US dollars, by service. */
  Map<String, Double> perMillion(MeasuredScreen screen) {
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put(
        "DynamoDB",
        screen.readUnits() * price("readUnitsPerMillion")
            + screen.writeUnits() * price("writeUnitsPerMillion"));
    costs.put(
        "Lambda",
        price("lambdaRequestsPerMillion")
            + 1_000_000
                * (screen.millis() / 1000.0)
                * price("lambdaGigabytes")
                * price("lambdaGigabyteSecond"));
    costs.put("API Gateway", price("apiRequestsPerMillion"));
    costs.put("all", costs.values().stream().mapToDouble(Double::doubleValue).sum());
    return costs;
  }

  private double price(String name) {
    if (figures.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalStateException("prices.json has no '" + name + "'.");
  }
}
