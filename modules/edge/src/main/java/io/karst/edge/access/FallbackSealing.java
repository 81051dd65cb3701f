package io.karst.edge.access;

import io.karst.domain.access.DeviceTrace;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKey;
import io.karst.proof.envelope.OlmPreKeyMessage;
import java.util.Optional;

/** Tells whether a fallback key stood in for a one-time key. */
final class FallbackSealing {

  private FallbackSealing() {}

  /** Whether an Olm message begins a session with one of the device's fallback keys. */
  static boolean isIn(int olmType, Bytes olmMessage, Optional<DeviceTrace> receiver) {
    return olmType == SealedKey.PRE_KEY_TYPE
        && OlmPreKeyMessage.parse(olmMessage)
            .flatMap(message ->
                receiver.filter(known -> known.fallbackKeys().contains(message.oneTimeKey())))
            .isPresent();
  }
}
