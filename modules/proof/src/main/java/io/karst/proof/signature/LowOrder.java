package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import java.util.Set;

/**
 * The canonical encodings of all points whose order divides 8, without their sign bit.
 *
 * <p>They are tables because the alternative, a scalar multiplication, costs as much as a signature
 * check.
 */
final class LowOrder {

  /** Ed25519: the y coordinates 0 and 1, the two of order 8, and p - 1. */
  static final Set<Bytes> EDWARDS_Y = Set.of(
      Bytes.ofHex("0000000000000000000000000000000000000000000000000000000000000000"),
      Bytes.ofHex("0100000000000000000000000000000000000000000000000000000000000000"),
      Bytes.ofHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
      Bytes.ofHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
      Bytes.ofHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));

  /** Curve25519: the u coordinates 0 and 1, the two of order 8, and p - 1. */
  static final Set<Bytes> MONTGOMERY_U = Set.of(
      Bytes.ofHex("0000000000000000000000000000000000000000000000000000000000000000"),
      Bytes.ofHex("0100000000000000000000000000000000000000000000000000000000000000"),
      Bytes.ofHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
      Bytes.ofHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
      Bytes.ofHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));

  private LowOrder() {}
}
