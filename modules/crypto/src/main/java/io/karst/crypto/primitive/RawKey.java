package io.karst.crypto.primitive;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key bytes for one call into the JDK, read from the caller's array and never kept.
 *
 * <p>{@code SecretKeySpec} keeps a copy that cannot be wiped on Java 17; the JDK's own MACs and
 * ciphers erase the copy that they take from {@link #getEncoded()}.
 */
final class RawKey implements SecretKey {

  private static final long serialVersionUID = 1L;

  private final transient byte[] source;
  private final transient int from;
  private final transient int length;

  RawKey(byte[] source, int from, int length) {
    this.source = source;
    this.from = from;
    this.length = length;
  }

  RawKey(byte[] source) {
    this(source, 0, source.length);
  }

  /** AES, because its cipher insists on the name; HMAC accepts any. */
  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return Arrays.copyOfRange(source, from, from + length);
  }

  @Override
  public String toString() {
    return "RawKey(secret)";
  }
}
