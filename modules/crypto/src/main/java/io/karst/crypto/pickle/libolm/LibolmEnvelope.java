package io.karst.crypto.pickle.libolm;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.primitive.CipherKeys;
import io.karst.crypto.primitive.SecretBase64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The outside that libolm and vodozemac share: base64 of AES-256-CBC ciphertext and 8 bytes of
 * HMAC.
 *
 * <p>Weak where it differs from our own: keys and IV follow from the pickle key alone, so equal
 * beginnings show, and the MAC is short. For moving in and out, not for keeping.
 */
public final class LibolmEnvelope {

  private static final int MAC_LENGTH = 8;
  private static final byte[] INFO = "Pickle".getBytes(StandardCharsets.US_ASCII);

  private LibolmEnvelope() {}

  /** ASCII text that holds {@code state}. */
  public static byte[] seal(byte[] key, byte[] state) {
    try (CipherKeys keys = CipherKeys.derive(key, INFO)) {
      byte[] ciphertext = keys.encrypt(state);
      byte[] mac = keys.mac(ciphertext, ciphertext.length, MAC_LENGTH);
      byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + MAC_LENGTH);
      System.arraycopy(mac, 0, sealed, ciphertext.length, MAC_LENGTH);
      return SecretBase64.encode(sealed);
    }
  }

  /** The state that {@code text} holds, to be wiped by the caller. */
  public static byte[] open(byte[] key, byte[] text) throws PickleException {
    byte[] sealed = decode(text);
    int length = sealed.length - MAC_LENGTH;
    if (length <= 0) {
      throw new PickleException(ErrorCode.PICKLE_FORMAT, "pickle is cut off");
    }
    try (CipherKeys keys = CipherKeys.derive(key, INFO)) {
      keys.requireMac(sealed, length, Arrays.copyOfRange(sealed, length, sealed.length));
      return keys.decrypt(sealed, 0, length);
    } catch (DecryptionException e) {
      throw new PickleException(ErrorCode.PICKLE_DECRYPTION, "wrong key, or not what was stored");
    }
  }

  private static byte[] decode(byte[] text) throws PickleException {
    try {
      return SecretBase64.decodePadded(text);
    } catch (EncodingException e) {
      throw new PickleException(ErrorCode.INVALID_BASE64, "a pickle is standard base64");
    }
  }
}
