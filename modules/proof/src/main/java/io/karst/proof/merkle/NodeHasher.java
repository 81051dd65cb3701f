package io.karst.proof.merkle;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;
import java.security.MessageDigest;

/** Hashes inner nodes: {@code SHA-256(0x01 ‖ left ‖ right)}. Mutable, for one thread. */
final class NodeHasher {

  private static final int NODE_LENGTH = 1 + 2 * Sha256.LENGTH;

  private final MessageDigest digest = Sha256.digest();
  private final byte[] node = new byte[NODE_LENGTH];

  NodeHasher() {
    node[0] = 0x01;
  }

  Bytes parent(Bytes left, Bytes right) {
    left.copyTo(node, 1);
    right.copyTo(node, 1 + Sha256.LENGTH);
    return Bytes.copyOf(digest.digest(node));
  }
}
