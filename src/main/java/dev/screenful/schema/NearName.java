package dev.screenful.schema;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The known name that someone probably meant by an unknown one, for messages. */
public final class NearName {

  private NearName() {}

  /** The end of a message: {@code "; did you mean 'airline'?"}, or a full stop. */
  public static String suggestion(String unknown, Collection<String> known) {
    String near = of(unknown, known);
    return near == null ? "." : "; did you mean '" + near + "'?";
  }

  /** The nearest name, if at most two fifths of it must change; null if there is none. */
  public static @Nullable String of(String unknown, Collection<String> known) {
    String nearest = null;
    int least = Math.max(1, unknown.length() * 2 / 5) + 1;
    for (String name : known) {
      int distance = distance(unknown, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /**
   * The number of letters to insert, delete, replace or swap with their neighbour; one for names
   * that differ in case only.
   */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    if (a.equals(b)) {
      return 1;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
