package io.karst.crypto.olm;

import io.karst.crypto.key.Curve25519PublicKey;
import java.util.List;

/**
 * What generating one-time keys did.
 *
 * @param created to be published
 * @param removed the oldest, which no longer had room; messages to them cannot be opened any more
 */
public record NewOneTimeKeys(List<Curve25519PublicKey> created, List<Curve25519PublicKey> removed) {

  public NewOneTimeKeys {
    created = List.copyOf(created);
    removed = List.copyOf(removed);
  }
}
