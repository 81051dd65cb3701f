package io.karst.crypto.pickle;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.primitive.AesGcm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The outside of a pickle: version of its kind (1 byte), kind (1), nonce (12), AES-256-GCM
 * ciphertext, tag (16).
 *
 * <p>Label, version and kind are associated data, so that no pickle can be taken for another kind.
 */
final class AeadEnvelope {

  private static final int NONCE_FROM = 2;
  private static final int CIPHERTEXT_FROM = NONCE_FROM + AesGcm.NONCE_LENGTH;
  private static final int LENGTH_MIN = CIPHERTEXT_FROM + AesGcm.TAG_LENGTH;
  private static final byte[] LABEL = "karst/v1 pickle".getBytes(StandardCharsets.US_ASCII);

  private AeadEnvelope() {}

  static byte[] seal(PickleKind kind, PickleKey key, RandomBytes random, byte[] state) {
    byte[] nonce = random.next(AesGcm.NONCE_LENGTH);
    byte[] sealed = AesGcm.seal(key.live(), nonce, associated(kind, kind.version()), state);
    ByteArrayOutputStream pickle = new ByteArrayOutputStream(CIPHERTEXT_FROM + sealed.length);
    pickle.write(kind.version());
    pickle.write(kind.tag());
    pickle.writeBytes(nonce);
    pickle.writeBytes(sealed);
    return pickle.toByteArray();
  }

  static byte[] open(PickleKind kind, PickleKey key, byte[] pickle) throws PickleException {
    if (pickle.length < LENGTH_MIN) {
      throw StateReader.malformed("a pickle has " + LENGTH_MIN + " bytes at least");
    }
    if (pickle[1] != kind.tag()) {
      throw new PickleException(ErrorCode.PICKLE_KIND, "this pickle does not hold a " + kind);
    }
    if (pickle[0] < 1 || pickle[0] > kind.version()) {
      throw new PickleException(
          ErrorCode.PICKLE_VERSION,
          "expected " + kind.version() + " at most, got " + (pickle[0] & 0xff));
    }
    byte[] nonce = Arrays.copyOfRange(pickle, NONCE_FROM, CIPHERTEXT_FROM);
    byte[] sealed = Arrays.copyOfRange(pickle, CIPHERTEXT_FROM, pickle.length);
    try {
      return AesGcm.open(key.live(), nonce, associated(kind, pickle[0]), sealed);
    } catch (DecryptionException e) {
      throw new PickleException(ErrorCode.PICKLE_DECRYPTION, "wrong key, or not what was stored");
    }
  }

  /** Whether the pickle says that it is of this kind, which opening it proves. */
  static boolean claims(PickleKind kind, byte[] pickle) {
    return pickle.length >= LENGTH_MIN && pickle[1] == kind.tag();
  }

  /** The version that the pickle says, which opening it proves. */
  static int version(byte[] pickle) {
    return pickle.length == 0 ? 0 : pickle[0];
  }

  private static byte[] associated(PickleKind kind, byte version) {
    byte[] associated = Arrays.copyOf(LABEL, LABEL.length + 2);
    associated[LABEL.length] = version;
    associated[LABEL.length + 1] = kind.tag();
    return associated;
  }
}
