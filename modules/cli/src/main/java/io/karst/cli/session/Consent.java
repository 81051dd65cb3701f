package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks a person for a yes before something that cannot be taken back. */
public final class Consent {

  private final Surroundings surroundings;

  public Consent(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Asks on the standard error and waits for a line. Anything but {@code y} or {@code yes}, the end
   * of the input too, is a no, and ends the command.
   *
   * @param given whether the person has said yes on the command line
   */
  public void ask(String question, boolean given) throws IOException {
    if (given) {
      return;
    }
    surroundings.err().print(question + " [y/N] ");
    surroundings.err().flush();
    var input = new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8);
    String answer = new BufferedReader(input).readLine();
    if (answer == null) {
      surroundings.err().println();
      throw CommandFailure.usage("nothing was done: say yes at the question, or --yes");
    }
    String word = answer.strip().toLowerCase(Locale.ROOT);
    if (!word.equals("y") && !word.equals("yes")) {
      throw CommandFailure.usage("nothing was done");
    }
  }
}
