package io.karst.cli.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A chat on a terminal: messages appear above the line that is being typed. Dumb terminals work as
 * well.
 */
final class TerminalScreen implements Screen {

  private final String prompt;
  private final Terminal terminal;
  private final LineReader reader;
  private volatile boolean ended;

  private TerminalScreen(String prompt, Terminal terminal) {
    this.prompt = prompt;
    this.terminal = terminal;
    this.reader = LineReaderBuilder.builder()
        .terminal(terminal)
        .completer(new StringsCompleter(ChatLine.WORDS))
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.ERASE_LINE_ON_FINISH, true)
        .build();
  }

  /** Takes the terminal of this process; empty when its streams are none. */
  static Optional<Screen> open(String prompt) {
    try {
      Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build();
      return Optional.of(new TerminalScreen(prompt, terminal));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> readLine() {
    try {
      return ended ? Optional.empty() : Optional.of(reader.readLine(prompt));
    } catch (EndOfFileException | UserInterruptException e) {
      return Optional.empty();
    }
  }

  @Override
  public void print(String line) {
    reader.printAbove(line);
  }

  @Override
  public void end() {
    ended = true;
    terminal.raise(Terminal.Signal.INT);
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
