package io.karst.cli.session;

import io.karst.cli.CommandFailure;
import io.karst.cli.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

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
    Optional<Boolean> answer = answer(question);
    if (answer.isEmpty()) {
      throw CommandFailure.usage("nothing was done: say yes at the question, or --yes");
    }
    if (!answer.get()) {
      throw CommandFailure.usage("nothing was done");
    }
  }

  /**
   * Asks on the standard error and waits for a line: whether it is {@code y} or {@code yes}. Empty
   * at the end of the input.
   */
  public Optional<Boolean> answer(String question) throws IOException {
    surroundings.err().print(question + " [y/N] ");
    surroundings.err().flush();
    var input = new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8);
    String answer = new BufferedReader(input).readLine();
    if (answer == null) {
      surroundings.err().println();
      return Optional.empty();
    }
    String word = answer.strip().toLowerCase(Locale.ROOT);
    return Optional.of(word.equals("y") || word.equals("yes"));
  }
}
