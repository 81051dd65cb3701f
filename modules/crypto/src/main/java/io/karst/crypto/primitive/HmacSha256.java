package io.karst.crypto.primitive;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/**
 * HMAC-SHA-256 (RFC 2104) by the JDK, which is six times as fast as a portable one.
 *
 * <p>One {@code Mac} a thread: looking one up costs more than a ratchet step. After each use it is
 * keyed with zeros, so that no thread carries a secret around.
 */
public final class HmacSha256 {

  /** Bytes of a tag. */
  public static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final RawKey ZEROS = new RawKey(new byte[LENGTH]);
  private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(HmacSha256::newMac);

  private HmacSha256() {}

  /** The tag of the concatenated {@code parts}. */
  public static byte[] of(byte[] key, byte[]... parts) {
    Mac mac = keyed(new RawKey(key));
    try {
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } finally {
      forgetKey(mac);
    }
  }

  /** The tag of {@code length} bytes of {@code data}, under the 32-byte key at {@code keyFrom}. */
  static byte[] ofSlice(byte[] keys, int keyFrom, byte[] data, int from, int length) {
    Mac mac = keyed(new RawKey(keys, keyFrom, LENGTH));
    try {
      mac.update(data, from, length);
      return mac.doFinal();
    } finally {
      forgetKey(mac);
    }
  }

  /**
   * A ratchet step: the tag of one byte, under the 32-byte key at {@code keyFrom}, written to
   * {@code target} at {@code targetFrom}. Key and target may be the same bytes.
   */
  public static void step(byte[] keys, int keyFrom, int data, byte[] target, int targetFrom) {
    Mac mac = keyed(new RawKey(keys, keyFrom, LENGTH));
    try {
      mac.update((byte) data);
      mac.doFinal(target, targetFrom);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("target is too short", e);
    } finally {
      forgetKey(mac);
    }
  }

  private static Mac keyed(RawKey key) {
    Mac mac = MACS.get();
    try {
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC takes any key", e);
    }
  }

  private static void forgetKey(Mac mac) {
    try {
      mac.init(ZEROS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC takes any key", e);
    }
  }

  private static Mac newMac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK ships " + ALGORITHM, e);
    }
  }
}
