package io.karst.crypto.olm;

import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.Ed25519SigningKey;
import java.util.List;

/**
 * All that an account consists of, for storing.
 *
 * @param oneTimeKeys oldest first, ids ascending
 * @param nextOneTimeKeyId above all of them
 */
public record AccountState(
    Ed25519SigningKey signingKey,
    Curve25519SecretKey identityKey,
    List<PreKey> oneTimeKeys,
    long nextOneTimeKeyId,
    FallbackKeys fallbackKeys) {

  public AccountState {
    oneTimeKeys = List.copyOf(oneTimeKeys);
    if (oneTimeKeys.size() > Account.ONE_TIME_KEYS_STORED_MAX) {
      throw new IllegalArgumentException("more one-time keys than are ever stored");
    }
    long above = -1;
    for (PreKey key : oneTimeKeys) {
      if (key.id().value() <= above) {
        throw new IllegalArgumentException("one-time key ids do not ascend");
      }
      above = key.id().value();
    }
    if (nextOneTimeKeyId <= above) {
      throw new IllegalArgumentException("the next one-time key id is taken");
    }
  }
}
