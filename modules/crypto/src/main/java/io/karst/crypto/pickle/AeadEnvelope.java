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
 * The outside of a pickle: version (1 byte), kind (1), nonce (12), AES-256-GCM ciphertext, tag
 * (16).
 *
 * <p>Label, version and kind are associated data, so that no pickle can be taken for another kind.
 */
final class AeadEnvelope {

  private static final byte VERSION = 1;
  private static final int NONCE_FROM = 2;
  private static final int CIPHERTEXT_FROM = NONCE_FROM + AesGcm.NONCE_LENGTH;
  private static final int LENGTH_MIN = CIPHERTEXT_FROM + AesGcm.TAG_LENGTH;
  private static final byte[] LABEL = "karst/v1 pickle".getBytes(StandardCharsets.US_ASCII);

  private AeadEnvelope() {}

  static byte[] seal(PickleKind kind, PickleKey key, RandomBytes random, byte[] state) {
    byte[] nonce = random.next(AesGcm.NONCE_LENGTH);
    byte[] sealed = AesGcm.seal(key.live(), nonce, associated(kind), state);
    ByteArrayOutputStream pickle = new ByteArrayOutputStream(CIPHERTEXT_FROM + sealed.length);
    pickle.write(VERSION);
    pickle.write(kind.tag());
    pickle.writeBytes(nonce);
    pickle.writeBytes(sealed);
    return pickle.toByteArray();
  }

  static byte[] open(PickleKind kind, PickleKey key, byte[] pickle) throws PickleException {
    if (pickle.length < LENGTH_MIN) {
      throw StateReader.malformed("a pickle has " + LENGTH_MIN + " bytes at least");
    }
    if (pickle[0] != VERSION) {
      throw new PickleException(ErrorCode.PICKLE_VERSION, "expected 1, got " + (pickle[0] & 0xff));
    }
    if (pickle[1] != kind.tag()) {
      throw new PickleException(ErrorCode.PICKLE_KIND, "this pickle does not hold a " + kind);
    }
    byte[] nonce = Arrays.copyOfRange(pickle, NONCE_FROM, CIPHERTEXT_FROM);
    byte[] sealed = Arrays.copyOfRange(pickle, CIPHERTEXT_FROM, pickle.length);
    try {
      return AesGcm.open(key.live(), nonce, associated(kind), sealed);
    } catch (DecryptionException e) {
      throw new PickleException(ErrorCode.PICKLE_DECRYPTION, "wrong key, or not what was stored");
    }
  }

  /** Whether the pickle says that it is of this kind, which opening it proves. */
  static boolean claims(PickleKind kind, byte[] pickle) {
    return pickle.length >= LENGTH_MIN && pickle[1] == kind.tag();
  }

  private static byte[] associated(PickleKind kind) {
    byte[] associated = Arrays.copyOf(LABEL, LABEL.length + 2);
    associated[LABEL.length] = VERSION;
    associated[LABEL.length + 1] = kind.tag();
    return associated;
  }
}
