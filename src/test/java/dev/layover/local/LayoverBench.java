package dev.layover.local;

import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;

/**
 * Layover for all tests of a JVM: eight in the morning in Austin. Tests that write use flights and
 * travellers of their own.
 */
public final class LayoverBench {

  private static final TestBench SHARED = new TestBench(new LayoverDevelopment());

  private LayoverBench() {}

  public static TestBench shared() {
    return SHARED;
  }

  /** A phone without sign-in. */
  public static Phone stranger() {
    return SHARED.stranger();
  }

  /** A phone of a development identity. */
  public static Phone phoneOf(String identity) {
    return SHARED.phoneOf(identity);
  }
}
