package io.karst.client.session;

import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A new epoch as its committing device makes it: a fresh key, the signed manifest, the key sealed
 * to each device of the roster.
 *
 * @param sealedKeys one for each roster entry, in its order
 */
public record EpochSealing(SignedManifest manifest, List<SealedKey> sealedKeys) {

  public EpochSealing {
    sealedKeys = List.copyOf(sealedKeys);
  }

  /**
   * What the new epoch is to be.
   *
   * @param previousHash hash of the manifest before, 32 bytes; empty in epoch 1
   */
  public record Terms(
      GroupId group,
      long epoch,
      Bytes previousHash,
      RotationReason reason,
      List<RosterEntry> roster) {
    public Terms {
      roster = List.copyOf(roster);
    }
  }

  /**
   * Makes it. The sessions in {@code peers} move on: they must be stored before anything leaves.
   *
   * @param peers sessions with each device of the roster, by its Curve25519 key; none empty
   */
  public static EpochSealing make(
      Terms terms,
      DeviceAddress committer,
      Account account,
      Map<Bytes, OlmPeer> peers,
      RandomBytes random)
      throws KeyRejectedException, RatchetExhaustedException {
    try (EpochDraft draft = EpochDraft.begin(terms, committer, account, random)) {
      for (RosterEntry entry : terms.roster()) {
        OlmPeer peer = peers.get(entry.identity().curve25519Key());
        if (peer == null) {
          throw new IllegalArgumentException("no session with " + entry.address());
        }
        draft.seal(peer);
      }
      return draft.finish();
    }
  }

  /** The sealed key for one device. */
  public Optional<SealedKey> sealedTo(DeviceAddress device) {
    return sealedKeys.stream().filter(key -> key.device().equals(device)).findFirst();
  }
}
