package io.karst.cli.message;

import io.karst.cli.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a stream of UTF-8 text, one after the other.
 *
 * <p>Unlike the JDK's readers it replaces nothing: bytes that are no text are the user's mistake,
 * and are never sent as something else. One thread.
 */
public final class TextLines {

  /** No message holds more: a longer line is refused before it fills the memory. */
  static final int LINE_BYTES_MAX = 64 * 1024;

  private final InputStream in;
  private long line;

  /** Reads from a stream that buffers. */
  public TextLines(InputStream in) {
    this.in = in;
  }

  /** The next line without its end; empty at the end of the stream. */
  public Optional<String> next() throws IOException {
    var bytes = new ByteArrayOutputStream();
    int read = in.read();
    if (read < 0) {
      return Optional.empty();
    }
    line++;
    while (read >= 0 && read != '\n') {
      if (bytes.size() == LINE_BYTES_MAX) {
        throw mistake("is longer than " + LINE_BYTES_MAX + " bytes");
      }
      bytes.write(read);
      read = in.read();
    }
    return Optional.of(withoutReturn(text(bytes.toByteArray())));
  }

  private String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw mistake("is no UTF-8 text");
    }
  }

  private static String withoutReturn(String text) {
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private CommandFailure mistake(String what) {
    return CommandFailure.usage("line " + line + " of the standard input " + what);
  }
}
