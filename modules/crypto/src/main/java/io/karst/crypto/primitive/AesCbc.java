package io.karst.crypto.primitive;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-256-CBC with PKCS#7 padding by the JDK, whose AES is the processor's own and so has no tables
 * for a cache to betray.
 *
 * <p>One {@code Cipher} a thread, keyed with zeros after each use.
 */
final class AesCbc {

  static final int BLOCK_LENGTH = 16;

  private static final RawKey ZEROS = new RawKey(new byte[32]);
  private static final IvParameterSpec ZERO_IV = new IvParameterSpec(new byte[BLOCK_LENGTH]);
  private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(AesCbc::newCipher);

  private AesCbc() {}

  static byte[] encrypt(RawKey key, byte[] iv, byte[] plaintext) {
    Cipher cipher = CIPHERS.get();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CBC encrypts everything", e);
    } finally {
      forgetKey(cipher);
    }
  }

  /** Refuses empty input, which the JDK would decrypt to nothing without looking for padding. */
  static byte[] decrypt(RawKey key, byte[] iv, byte[] data, int from, int length)
      throws DecryptionException {
    if (length < BLOCK_LENGTH || length % BLOCK_LENGTH != 0) {
      throw new DecryptionException(ErrorCode.INVALID_MAC, "not a ciphertext");
    }
    Cipher cipher = CIPHERS.get();
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv));
      return cipher.doFinal(data, from, length);
    } catch (BadPaddingException e) {
      throw new DecryptionException(ErrorCode.INVALID_MAC, "not a ciphertext");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CBC decrypts whole blocks", e);
    } finally {
      forgetKey(cipher);
    }
  }

  private static void forgetKey(Cipher cipher) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, ZEROS, ZERO_IV);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES takes 32-byte keys", e);
    }
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/CBC/PKCS5Padding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK ships AES-CBC", e);
    }
  }
}
