package io.karst.proof.merkle;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;

/** A log at one moment: how many entries it has, and its Merkle tree hash over them, 32 bytes. */
public record Head(long size, Bytes root) {

  /** The log without entries. */
  public static final Head EMPTY = Frontier.EMPTY.head();

  public Head {
    if (size < 0 || root.length() != Sha256.LENGTH) {
      throw new IllegalArgumentException("a size is not negative, a root has 32 bytes");
    }
  }
}
