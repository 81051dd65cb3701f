package io.karst.cli.demo;

import java.io.PrintStream;

/** Tells the play to the user and counts what did not come true. One thread. */
final class Narrator {

  private final PrintStream out;
  private int scenes;
  private int checks;
  private int failures;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void scene(String title) {
    scenes++;
    out.println();
    out.println(scenes + ". " + title);
  }

  void tell(String line) {
    out.println("   " + line);
  }

  /** States a promise, and whether it held. */
  void check(String promise, boolean held) {
    checks++;
    if (!held) {
      failures++;
    }
    out.println((held ? "   ok    " : "   FAIL  ") + promise);
  }

  /** Prints the sum. Answers whether everything held. */
  boolean end() {
    out.println();
    out.println(
        failures == 0
            ? "All " + checks + " checks hold."
            : failures + " of " + checks + " checks FAILED.");
    return failures == 0;
  }
}
