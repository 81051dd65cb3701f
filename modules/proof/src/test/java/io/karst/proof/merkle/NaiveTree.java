package io.karst.proof.merkle;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;
import java.util.List;

/** The Merkle tree hash as RFC 6962, section 2.1 defines it: by recursion over all leaf hashes. */
final class NaiveTree {

  private NaiveTree() {}

  static Bytes root(List<Bytes> leafHashes) {
    int n = leafHashes.size();
    if (n == 0) {
      return Sha256.hash(Bytes.EMPTY);
    }
    if (n == 1) {
      return leafHashes.get(0);
    }
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    Bytes left = root(leafHashes.subList(0, k));
    Bytes right = root(leafHashes.subList(k, n));
    return Sha256.hash(Bytes.ofHex("01" + left.toHex() + right.toHex()));
  }
}
