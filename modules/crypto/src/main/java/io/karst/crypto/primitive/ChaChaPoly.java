package io.karst.crypto.primitive;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/** ChaCha20-Poly1305 (RFC 8439) by the JDK, with a tag of 16 bytes behind the ciphertext. */
public final class ChaChaPoly {

  /** Bytes of a key. */
  public static final int KEY_LENGTH = 32;

  /** Bytes of a nonce. */
  public static final int NONCE_LENGTH = 12;

  /** Bytes of a tag. */
  public static final int TAG_LENGTH = 16;

  private ChaChaPoly() {}

  /** Encrypts; {@code nonce} must never be used twice with {@code key}. */
  public static byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ChaCha20-Poly1305 encrypts everything", e);
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
      throw new IllegalStateException("ChaCha20-Poly1305 only ever refuses a tag", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    if (key.length != KEY_LENGTH || nonce.length != NONCE_LENGTH) {
      throw new IllegalArgumentException("a key has 32 bytes and a nonce 12");
    }
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(mode, new RawKey(key), new IvParameterSpec(nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
