package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.OwnerHeader;
import io.karst.proof.statement.OwnerStatements;

/** Checks who sent an owner message, to whom, and what. Thread-safe. */
public final class OwnerMessages {

  private final Signatures signatures;

  public OwnerMessages(Signatures signatures) {
    this.signatures = signatures;
  }

  /** Checks that the device with this key has sent the message. */
  public Verdict verify(OwnerHeader message, Bytes ed25519Key) {
    return signatures.verify(ed25519Key, OwnerStatements.message(message), message.signature());
  }
}
