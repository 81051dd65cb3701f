package io.karst.crypto.olm.ratchet;

import io.karst.crypto.key.SharedSecret;
import java.nio.charset.StandardCharsets;

/** The key that each change of direction mixes a new agreement into. */
public final class RootKey extends RatchetSecret {

  private static final byte[] RATCHET_INFO = "OLM_RATCHET".getBytes(StandardCharsets.US_ASCII);

  private RootKey(byte[] bytes) {
    super(bytes);
  }

  /** Copies 32 bytes. */
  public static RootKey of(byte[] bytes) {
    return new RootKey(bytes.clone());
  }

  /** Takes the array over. */
  static RootKey owning(byte[] bytes) {
    return new RootKey(bytes);
  }

  /** The next root key and a new chain; consumes {@code agreement}. */
  RootStep step(SharedSecret agreement) {
    byte[][] keys = agreement.derive(live(), RATCHET_INFO, LENGTH, LENGTH);
    return new RootStep(new RootKey(keys[0]), ChainKey.first(keys[1]));
  }
}
