package io.karst.crypto.olm.ratchet;

import io.karst.crypto.primitive.CipherKeys;
import java.nio.charset.StandardCharsets;

/** The key of one message. */
public final class MessageKey extends RatchetSecret {

  private static final byte[] KEYS_INFO = "OLM_KEYS".getBytes(StandardCharsets.US_ASCII);

  private MessageKey(byte[] bytes) {
    super(bytes);
  }

  /** Copies 32 bytes. */
  public static MessageKey of(byte[] bytes) {
    return new MessageKey(bytes.clone());
  }

  /** Takes the array over. */
  static MessageKey owning(byte[] bytes) {
    return new MessageKey(bytes);
  }

  /** A key of its own with the same content, so that either can be destroyed alone. */
  MessageKey copy() {
    return of(live());
  }

  /** What encrypts and authenticates the message. */
  public CipherKeys cipherKeys() {
    return CipherKeys.derive(live(), KEYS_INFO);
  }
}
