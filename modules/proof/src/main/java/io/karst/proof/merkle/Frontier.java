package io.karst.proof.merkle;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be kept of a Merkle tree to go on growing it (RFC 6962, section 2.1).
 *
 * <p>Invariant: {@code peaks} are the roots of the perfect subtrees that the leaves fall into, the
 * largest first: one, of 32 bytes, for each bit that is set in {@code size}. So it never has more
 * than 63.
 */
public record Frontier(long size, List<Bytes> peaks) {

  /** The tree without leaves. */
  public static final Frontier EMPTY = new Frontier(0, List.of());

  public Frontier {
    peaks = List.copyOf(peaks);
    if (size < 0 || peaks.size() != Long.bitCount(size)) {
      throw new IllegalArgumentException("a frontier has one peak for each set bit of its size");
    }
    peaks.forEach(Frontier::requireHash);
  }

  /** The tree with more leaves, given as their hashes, 32 bytes each. */
  public Frontier append(List<Bytes> leafHashes) {
    var hasher = new NodeHasher();
    var grown = new ArrayList<>(peaks);
    long leaves = size;
    for (Bytes leafHash : leafHashes) {
      requireHash(leafHash);
      Bytes peak = leafHash;
      for (long rest = leaves; (rest & 1) == 1; rest >>>= 1) {
        peak = hasher.parent(grown.remove(grown.size() - 1), peak);
      }
      grown.add(peak);
      leaves++;
    }
    return new Frontier(leaves, grown);
  }

  /** The Merkle tree hash over all leaves, 32 bytes. */
  public Bytes root() {
    if (peaks.isEmpty()) {
      return Sha256.hash(Bytes.EMPTY);
    }
    var hasher = new NodeHasher();
    Bytes root = peaks.get(peaks.size() - 1);
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = hasher.parent(peaks.get(i), root);
    }
    return root;
  }

  public Head head() {
    return new Head(size, root());
  }

  private static void requireHash(Bytes hash) {
    if (hash.length() != Sha256.LENGTH) {
      throw new IllegalArgumentException("a hash has " + Sha256.LENGTH + " bytes");
    }
  }
}
