package io.karst.client.wire;

import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

/**
 * What the server says about an epoch. Nothing of it is verified yet.
 *
 * @param sealedKey for this device; absent when the roster does not hold it
 * @param sessions that were opened so far
 */
public record EpochNews(
    SignedManifest manifest, Optional<SealedKey> sealedKey, List<SessionBinding> sessions) {

  public EpochNews {
    sessions = List.copyOf(sessions);
  }

  public GroupId group() {
    return manifest.manifest().group();
  }

  public long epoch() {
    return manifest.manifest().epoch();
  }
}
