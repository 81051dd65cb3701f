package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;

/** The canonical bytes of one statement: what is signed, or hashed. */
public record Statement(Bytes bytes) {

  /** SHA-256 of the statement, 32 bytes. */
  public Bytes hash() {
    return Sha256.hash(bytes);
  }
}
