package dev.screenful.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The quality values of an {@code Accept} or {@code Accept-Encoding} header: names with weights
 * from 0 (not acceptable) to 1 (RFC 9110, section 12.4.2).
 *
 * @param weights by name in lower case, in the order of the header
 */
record QualityValues(Map<String, Double> weights) {

  static QualityValues of(@Nullable String header) {
    Map<String, Double> weights = new LinkedHashMap<>();
    String all = Objects.requireNonNullElse(header, "").toLowerCase(Locale.ROOT);
    for (String entry : all.split(",", -1)) {
      String[] parts = entry.split(";", -1);
      double weight = 1;
      for (String part : parts) {
        if (part.strip().startsWith("q=")) {
          weight = number(part.strip().substring(2));
        }
      }
      weights.merge(parts[0].strip(), weight, Math::max);
    }
    return new QualityValues(weights);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  /** The acceptable names, the most preferred first; equals in the order of the header. */
  List<String> inOrder() {
    return weights.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a name has the weight 0. */
  boolean excludes(String name) {
    return weights.getOrDefault(name, 1.0) <= 0;
  }

  /** Whether a name is acceptable, by name or by {@code *}. */
  boolean allows(String name) {
    return weights.getOrDefault(name, weights.getOrDefault("*", 0.0)) > 0;
  }
}
