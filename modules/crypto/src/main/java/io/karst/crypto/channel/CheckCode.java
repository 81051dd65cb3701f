package io.karst.crypto.channel;

import java.security.MessageDigest;

/**
 * Two digits that both ends of a channel derive, and that one person carries across.
 *
 * <p>The end that read the other's key from a screen knows whom it talks to; the other does not,
 * until somebody types in the code that the first one shows. Compare it before anything secret is
 * sent. Immutable.
 */
public final class CheckCode {

  /** Bytes of a code. */
  public static final int LENGTH = 2;

  /** What its derivation is named by, for both kinds of channel. */
  static final String PURPOSE = "_CHECKCODE";

  private static final int DIGITS = 10;

  private final byte[] bytes;

  /** Takes the array over. */
  CheckCode(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A fresh copy of the 2 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 0 to 99, to be shown as two digits. */
  public int number() {
    return first() % DIGITS * DIGITS + second();
  }

  /** 10 to 99: the form of which people leave nothing out. */
  public int numberWithoutLeadingZero() {
    return (first() % (DIGITS - 1) + 1) * DIGITS + second();
  }

  private int first() {
    return Byte.toUnsignedInt(bytes[0]);
  }

  private int second() {
    return Byte.toUnsignedInt(bytes[1]) % DIGITS;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CheckCode that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return first() << Byte.SIZE | Byte.toUnsignedInt(bytes[1]);
  }

  @Override
  public String toString() {
    return "CheckCode(secret)";
  }
}
