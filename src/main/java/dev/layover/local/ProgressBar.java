package dev.layover.local;

import java.io.PrintStream;

/**
 * Shows the progress of the sample data import: a growing bar if standard output is a terminal,
 * otherwise one plain line.
 */
final class ProgressBar implements SampleImport.Progress {

  private static final int WIDTH = 40;

  private final PrintStream out;
  private final boolean isTerminal;
  private int shown = -1;

  ProgressBar(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
    if (!isTerminal) {
      out.println("Loading sample data ...");
    }
  }

  /** A bar on standard output. Since JDK 25, a console exists only with a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  static ProgressBar onStandardOutput() {
    return new ProgressBar(System.out, System.console() != null);
  }

  @Override
  public synchronized void report(int stored, int all) {
    int done = (int) ((long) WIDTH * stored / all);
    if (isTerminal && done > shown) { // reports of other threads may arrive late
      shown = done;
      out.printf(
          "\rLoading sample data [%s%s] %,d of %,d items%s",
          "#".repeat(done), " ".repeat(WIDTH - done), stored, all, done == WIDTH ? "\n" : "");
      out.flush();
    }
  }
}
