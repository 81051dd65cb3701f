package io.karst.proof.statement;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.history.KeyShare;

/** Statements about shared history (docs/protocol.md, "Entries"). */
public final class HistoryStatements {

  private HistoryStatements() {}

  /** The digest of a share's sealed keys, 32 bytes. */
  public static Bytes sealedHash(KeyShare share) {
    return new StatementWriter()
        .u32(share.olmType())
        .bytes(share.olmMessage())
        .statement()
        .hash();
  }
}
