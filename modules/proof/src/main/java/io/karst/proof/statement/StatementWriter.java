package io.karst.proof.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.domain.bytes.Bytes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes canonical statements: fixed-width numbers, length-prefixed strings and lists.
 *
 * <p>The encoding is injective, and nothing ever parses it (docs/protocol.md, "Encoding"). Mutable:
 * one owner, one thread; {@link #reset()} makes it ready for the next statement.
 */
public final class StatementWriter {

  private static final int CAPACITY_FIRST = 256;

  private byte[] buffer = new byte[CAPACITY_FIRST];
  private int length;

  /** Starts a statement with its label, so that no statement can be taken for another. */
  public static StatementWriter labelled(String label) {
    return new StatementWriter().str(label);
  }

  /** One byte, 0 to 255. */
  public StatementWriter u8(int n) {
    require(n >= 0 && n <= 0xff);
    reserve(1);
    buffer[length++] = (byte) n;
    return this;
  }

  /** Four bytes, big endian; {@code n} is not negative. */
  public StatementWriter u32(int n) {
    require(n >= 0);
    reserve(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (n >>> shift);
    }
    return this;
  }

  /** Eight bytes, big endian; {@code n} is not negative. */
  public StatementWriter u64(long n) {
    require(n >= 0);
    reserve(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (n >>> shift);
    }
    return this;
  }

  /** The length in bytes, then UTF-8. */
  public StatementWriter str(String s) {
    byte[] utf8 = s.getBytes(UTF_8);
    u32(utf8.length).reserve(utf8.length);
    System.arraycopy(utf8, 0, buffer, length, utf8.length);
    length += utf8.length;
    return this;
  }

  /** The length, then the bytes. */
  public StatementWriter bytes(Bytes b) {
    return u32(b.length()).raw(b);
  }

  /** The bytes alone: only where nothing can follow them. */
  public StatementWriter raw(Bytes b) {
    reserve(b.length());
    b.copyTo(buffer, length);
    length += b.length();
    return this;
  }

  /** The number of elements, then each as {@code element} writes it. */
  public <T> StatementWriter list(List<T> elements, BiConsumer<StatementWriter, T> element) {
    u32(elements.size());
    elements.forEach(e -> element.accept(this, e));
    return this;
  }

  /** What was written so far. */
  public Statement statement() {
    return new Statement(Bytes.copyOf(Arrays.copyOf(buffer, length)));
  }

  /** Feeds what was written so far to {@code digest}. */
  public void feed(MessageDigest digest) {
    digest.update(buffer, 0, length);
  }

  /** Forgets what was written. */
  public StatementWriter reset() {
    length = 0;
    return this;
  }

  private void reserve(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(length, more)));
    }
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("a number is out of the range of its field");
    }
  }
}
