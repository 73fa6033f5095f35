package {{package}}.local;

import dev.screenful.kit.TestBench;

/** The app for all tests of a JVM. */
public final class {{name}}Bench {

  private static final TestBench SHARED = new TestBench(new {{name}}Development());

  private {{name}}Bench() {}

  public static TestBench shared() {
    return SHARED;
  }
}
