package io.karst.crypto.primitive;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM by the JDK, with a tag of 16 bytes behind the ciphertext. */
public final class AesGcm {

  /** Bytes of a key. */
  public static final int KEY_LENGTH = 32;

  /** Bytes of a nonce. */
  public static final int NONCE_LENGTH = 12;

  /** Bytes of a tag. */
  public static final int TAG_LENGTH = 16;

  private AesGcm() {}

  /** Encrypts; {@code nonce} must never be used twice with {@code key}. */
  public static byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM encrypts everything", e);
    }
  }

  /** Authenticates and decrypts. */
  public static byte[] open(byte[] key, byte[] nonce, byte[] associated, byte[] sealed)
      throws DecryptionException {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(sealed);
    } catch (AEADBadTagException e) {
      throw new DecryptionException(ErrorCode.INVALID_MAC, "tag does not match");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM only ever refuses a tag", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    if (key.length != KEY_LENGTH || nonce.length != NONCE_LENGTH) {
      throw new IllegalArgumentException("a key has 32 bytes and a nonce 12");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new RawKey(key), new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
