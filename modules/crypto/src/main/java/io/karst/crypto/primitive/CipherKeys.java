package io.karst.crypto.primitive;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The keys of one message: AES key (32 bytes), HMAC key (32), IV (16), all derived, none random.
 *
 * <p>Olm, Megolm and their pickles share this construction. An object is good for one message:
 * using it for two would repeat key and IV.
 */
public final class CipherKeys implements AutoCloseable {

  /** Bytes that a ciphertext is a multiple of. */
  public static final int BLOCK_LENGTH = AesCbc.BLOCK_LENGTH;

  private static final int AES_KEY_LENGTH = 32;
  private static final int MAC_KEY_FROM = AES_KEY_LENGTH;
  private static final int IV_FROM = MAC_KEY_FROM + HmacSha256.LENGTH;

  /** Bytes of the three keys together. */
  public static final int LENGTH = IV_FROM + AesCbc.BLOCK_LENGTH;

  private final byte[] keys;

  private CipherKeys(byte[] keys) {
    this.keys = keys;
  }

  /** HKDF without salt over {@code inputKey}, split into the three keys. */
  public static CipherKeys derive(byte[] inputKey, byte[] info) {
    return new CipherKeys(Hkdf.derive(inputKey, info, LENGTH));
  }

  /** Copies {@value #LENGTH} bytes that were derived before and kept. */
  public static CipherKeys of(byte[] derived) {
    if (derived.length != LENGTH) {
      throw new IllegalArgumentException("message keys have 80 bytes, not " + derived.length);
    }
    return new CipherKeys(derived.clone());
  }

  /** AES-256-CBC with PKCS#7 padding. */
  public byte[] encrypt(byte[] plaintext) {
    return AesCbc.encrypt(aesKey(), iv(), plaintext);
  }

  /**
   * Reverses {@link #encrypt}; call it only after the MAC was checked.
   *
   * @throws DecryptionException with the code of a wrong MAC, lest padding be told from tampering
   */
  public byte[] decrypt(byte[] data, int from, int length) throws DecryptionException {
    return AesCbc.decrypt(aesKey(), iv(), data, from, length);
  }

  /**
   * The first {@code macLength} bytes of the HMAC over the first {@code length} of {@code data}.
   */
  public byte[] mac(byte[] data, int length, int macLength) {
    byte[] full = HmacSha256.ofSlice(keys, MAC_KEY_FROM, data, 0, length);
    return macLength == full.length ? full : Arrays.copyOf(full, macLength);
  }

  /** Compares {@code mac} in constant time with the one over the first {@code length} bytes. */
  public void requireMac(byte[] data, int length, byte[] mac) throws DecryptionException {
    if (!MessageDigest.isEqual(mac(data, length, mac.length), mac)) {
      throw new DecryptionException(ErrorCode.INVALID_MAC, "message is not authentic");
    }
  }

  private RawKey aesKey() {
    return new RawKey(keys, 0, AES_KEY_LENGTH);
  }

  private byte[] iv() {
    return Arrays.copyOfRange(keys, IV_FROM, LENGTH);
  }

  @Override
  public void close() {
    Wipe.all(keys);
  }

  @Override
  public String toString() {
    return "CipherKeys(secret)";
  }
}
