package dev.screenful.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A simulation of many openings of screens. It draws the keys that each opening reads and writes,
 * and adds up their units.
 */
final class KeyTraffic {

  /** Enough for an error of about one percent at a key with a twentieth of the traffic. */
  private static final int OPENINGS = 200_000;

  /** The units of a key for each opening of any screen. */
  record Units(double read, double written) {

    private Units plus(double moreRead, double moreWritten) {
      return new Units(read + moreRead, written + moreWritten);
    }
  }

  private final Map<String, Map<String, Units>> units = new HashMap<>();

  /** Simulates the openings. The same input always gives the same result. */
  KeyTraffic(List<Capacity.ScreenShare> loads, Map<String, Capacity.KeyPopularity> keys) {
    Random random = new Random(1);
    Map<String, Draw> draws = new HashMap<>();
    keys.forEach((kind, is) -> draws.put(kind, new Draw(is.popularity())));
    Map<String, Double> shares = new HashMap<>();
    loads.forEach(load -> shares.put(load.screen().name(), load.share()));
    Draw screens = new Draw(shares);
    Map<String, Capacity.ScreenShare> byName = new HashMap<>();
    loads.forEach(load -> byName.put(load.screen().name(), load));
    for (int opening = 0; opening < OPENINGS; opening++) {
      for (Capacity.KeyAccess touch :
          byName.getOrDefault(screens.next(random), loads.getFirst()).touches()) {
        Draw draw = draws.get(touch.kind());
        if (draw != null) {
          for (String key : draw.distinct(touch.keys(), random)) {
            units
                .computeIfAbsent(touch.kind(), unseen -> new HashMap<>())
                .merge(
                    key,
                    new Units(
                        touch.readUnits() / touch.keys() / OPENINGS,
                        touch.writeUnits() / touch.keys() / OPENINGS),
                    (sum, more) -> sum.plus(more.read(), more.written()));
          }
        }
      }
    }
  }

  /** The units of each key, by kind. */
  Map<String, Map<String, Units>> units() {
    return units;
  }

  /** Draws names in proportion to their weights. */
  private static final class Draw {

    private final List<String> names = new ArrayList<>();
    private final double[] upTo;

    Draw(Map<String, Double> weights) {
      upTo = new double[weights.size()];
      double sum = 0;
      for (String name : weights.keySet().stream().sorted().toList()) {
        sum += weights.getOrDefault(name, 0.0);
        upTo[names.size()] = sum;
        names.add(name);
      }
    }

    String next(Random random) {
      double at = random.nextDouble() * upTo[upTo.length - 1];
      int place = Arrays.binarySearch(upTo, at);
      return names.get(place < 0 ? -place - 1 : place + 1);
    }

    /** Different names, as a batch never reads a key twice. */
    Set<String> distinct(int count, Random random) {
      Set<String> drawn = new HashSet<>();
      for (int tries = 0; drawn.size() < Math.min(count, names.size()) && tries < 1000; tries++) {
        drawn.add(next(random));
      }
      return drawn;
    }
  }
}
