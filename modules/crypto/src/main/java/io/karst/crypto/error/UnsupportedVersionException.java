package io.karst.crypto.error;

/** A version byte that this library does not read. */
public final class UnsupportedVersionException extends EncodingException {

  private static final long serialVersionUID = 1L;

  private final int expected;
  private final int actual;

  public UnsupportedVersionException(int expected, int actual) {
    super(ErrorCode.UNSUPPORTED_VERSION, "expected " + expected + ", got " + actual);
    this.expected = expected;
    this.actual = actual;
  }

  /** The newest version that is read here. */
  public int expected() {
    return expected;
  }

  public int actual() {
    return actual;
  }
}
