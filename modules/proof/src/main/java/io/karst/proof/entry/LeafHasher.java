package io.karst.proof.entry;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;
import io.karst.proof.statement.StatementWriter;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * Hashes entries: {@code SHA-256(0x00 ‖ header ‖ SHA-256(payload))}.
 *
 * <p>Mutable, for one thread: it keeps one digest and one buffer, since a record may hold a hundred
 * entries.
 */
final class LeafHasher {

  private static final byte LEAF = 0x00;

  private final MessageDigest digest = Sha256.digest();
  private final StatementWriter writer = new StatementWriter();

  Bytes leaf(EntryHeader header, Consumer<StatementWriter> payload) {
    payload.accept(writer.reset());
    writer.feed(digest);
    byte[] payloadHash = digest.digest();
    header.write(writer.reset());
    digest.update(LEAF);
    writer.feed(digest);
    return Bytes.copyOf(digest.digest(payloadHash));
  }
}
