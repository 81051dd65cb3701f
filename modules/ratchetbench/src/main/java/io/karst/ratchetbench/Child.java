package io.karst.ratchetbench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A library in a process of its own, driven by lines: see the harnesses for the few words.
 *
 * <p>Its time by the clock is taken from outside, with the pipe to it: that is some 50 microseconds
 * for as many operations as are performed at a time. Its processor time it tells itself.
 */
final class Child implements Contestant {

  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;
  private long cpuNanos;

  private Child(Process process) {
    this.process = process;
    to = new BufferedWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
    from = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Starts the process and lets it prepare. */
  static Child start(List<String> command, Operation operation, int count) throws IOException {
    var child =
        new Child(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    boolean ready = false;
    try {
      var answer = child.ask(
          "prepare %s %d %d".formatted(operation.key(), operation.bytes(), count), "ready");
      ready = answer.equals("ready");
      return child;
    } finally {
      if (!ready) {
        child.close();
      }
    }
  }

  @Override
  public long run() throws IOException {
    var words = ask("run", "done ").split(" ", -1);
    cpuNanos = Long.parseLong(words[2]);
    return Long.parseLong(words[1]);
  }

  @Override
  public long cpuNanos() {
    return cpuNanos;
  }

  private String ask(String line, String expected) throws IOException {
    to.write(line + "\n");
    to.flush();
    var answer = from.readLine();
    if (answer == null || !answer.startsWith(expected)) {
      throw new IOException("to \"" + line + "\" the process said " + answer);
    }
    return answer;
  }

  /** The harness ends with its input; whatever it is still doing is of no interest. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    from.close();
  }
}
