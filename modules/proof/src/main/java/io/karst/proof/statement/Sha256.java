package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {

  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  private Sha256() {}

  /** A new digest: mutable, for one thread. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The hash of {@code content}, 32 bytes. */
  public static Bytes hash(Bytes content) {
    return Bytes.copyOf(digest().digest(content.toArray()));
  }
}
