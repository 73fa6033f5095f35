package dev.screenful.notes;

import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;

/** Notes for all tests of a JVM. */
public final class NotesBench {

  private static final TestBench SHARED =
      new TestBench(new NotesDevelopment(), NotesDevelopment.SCHEMA);

  private NotesBench() {}

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
