package io.karst.cli.chat;

import io.karst.cli.Surroundings;
import io.karst.cli.message.TextLines;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A chat through pipes: lines in, lines out, no prompt and no editing. */
final class PlainScreen implements Screen {

  private final TextLines in;
  private final PrintStream out;
  private volatile boolean ended;

  PlainScreen(Surroundings surroundings) {
    this.in = new TextLines(surroundings.in());
    this.out = surroundings.out();
  }

  @Override
  public Optional<String> readLine() {
    try {
      Optional<String> line = in.next();
      return ended ? Optional.empty() : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void print(String line) {
    out.println(line);
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public void close() {
    out.flush();
  }
}
