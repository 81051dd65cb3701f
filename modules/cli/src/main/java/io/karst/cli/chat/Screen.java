package io.karst.cli.chat;

import java.util.Optional;

/**
 * Where a chat is typed and shown. Lines may be printed by any thread while one thread waits for
 * typing.
 */
interface Screen extends AutoCloseable {

  /** The next line that was typed; empty at the end of the input. */
  Optional<String> readLine();

  /** Shows a line. */
  void print(String line);

  /** Ends a wait for typing: the next line that is read is the end of the input. */
  void end();

  @Override
  void close();
}
