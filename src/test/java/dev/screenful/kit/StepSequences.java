package dev.screenful.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Random sequences of steps. A failing sequence is shortened as long as it still fails, and printed
 * with its seed: {@code -Dseed=SEED} repeats it, {@code -Dsequences=COUNT} tries more.
 */
public final class StepSequences {

  private static final long SEED = Long.getLong("seed", System.nanoTime());

  private StepSequences() {}

  /**
   * Fails with the shortest sequence that does not pass.
   *
   * @param sequences how many to try, unless {@code -Dsequences} says otherwise
   * @param steps the steps of each
   * @param step makes a step
   * @param passes runs a sequence from a new start
   */
  public static <S> void check(
      int sequences, int steps, Function<SplittableRandom, S> step, Predicate<List<S>> passes) {
    System.out.println("-Dseed=" + SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int count = 0; count < Integer.getInteger("sequences", sequences); count++) {
      List<S> sequence = new ArrayList<>();
      for (int length = 0; length < steps; length++) {
        sequence.add(step.apply(random));
      }
      if (!passes.test(sequence)) {
        List<S> shortest = shortened(sequence, passes);
        throw new AssertionError(
            "This sequence fails, with -Dseed=%d:%n%s"
                .formatted(
                    SEED, String.join("\n", shortest.stream().map(String::valueOf).toList())));
      }
    }
  }

  /** A shorter sequence that still fails, found by leaving out halves, quarters and so on. */
  private static <S> List<S> shortened(List<S> failing, Predicate<List<S>> passes) {
    List<S> shortest = failing;
    for (int size = failing.size() / 2; size > 0; size /= 2) {
      for (int from = 0; from + size <= shortest.size(); ) {
        List<S> without = new ArrayList<>(shortest);
        without.subList(from, from + size).clear();
        if (passes.test(without)) {
          from += size;
        } else {
          shortest = without;
        }
      }
    }
    return shortest;
  }
}
