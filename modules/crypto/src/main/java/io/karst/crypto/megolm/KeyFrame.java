package io.karst.crypto.megolm;

import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.UnsupportedVersionException;
import io.karst.crypto.key.Ed25519PublicKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What session keys and exported keys have in common: version (1 byte), index (4, big endian),
 * ratchet (128), Ed25519 public key (32), that is 165 bytes.
 */
final class KeyFrame {

  static final int LENGTH = 165;

  private static final int INDEX_FROM = 1;
  private static final int RATCHET_FROM = 5;
  private static final int PUBLIC_KEY_FROM = RATCHET_FROM + Ratchet.LENGTH;

  private KeyFrame() {}

  /** A frame of {@code length} bytes whose first 165 are filled in. */
  static byte[] write(byte version, Ratchet ratchet, Ed25519PublicKey publicKey, int length) {
    byte[] parts = ratchet.copyOfParts();
    try {
      byte[] frame = new byte[length];
      ByteBuffer.wrap(frame)
          .put(version)
          .putInt((int) ratchet.index())
          .put(parts)
          .put(publicKey.bytes());
      return frame;
    } finally {
      Arrays.fill(parts, (byte) 0);
    }
  }

  /** Requires exactly {@code length} bytes and {@code version} in the first. */
  static void require(byte[] frame, byte version, int length) throws EncodingException {
    if (frame.length == 0) {
      throw new EncodingException(ErrorCode.MISSING_VERSION, "key is empty");
    }
    if (frame[0] != version) {
      throw new UnsupportedVersionException(version, frame[0] & 0xff);
    }
    if (frame.length != length) {
      throw new EncodingException(
          ErrorCode.BAD_FORMAT, "a key has " + length + " bytes, not " + frame.length);
    }
  }

  static Ratchet ratchet(byte[] frame) {
    return new Ratchet(Arrays.copyOfRange(frame, RATCHET_FROM, PUBLIC_KEY_FROM), index(frame));
  }

  static long index(byte[] frame) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(frame).getInt(INDEX_FROM));
  }

  static Ed25519PublicKey publicKey(byte[] frame) throws KeyRejectedException {
    return Ed25519PublicKey.fromBytes(Arrays.copyOfRange(frame, PUBLIC_KEY_FROM, LENGTH));
  }
}
