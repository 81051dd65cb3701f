package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.Map;
import java.util.Optional;

/** Verified epochs, and the ratchets of those devices that have not spoken in them yet. */
public interface EpochTable {

  /**
   * A device that reads more than this many epochs later has lost the oldest: its inbox holds no
   * more either.
   */
  int EPOCHS_MAX = 1_024;

  /** Keys of so many epochs are kept where policy allows it: with the usual age, five years. */
  int KEPT_MAX = 256;

  /** Ranges that resets gave up; a server remembers no more either. */
  int ORPHANED_MAX = 64;

  Optional<EpochRow> find(GroupId group, long epoch);

  Optional<EpochRow> newest(GroupId group);

  /** Adds an epoch with encrypted ratchets, and forgets the oldest beyond {@link #EPOCHS_MAX}. */
  void add(EpochRow epoch, Map<DeviceAddress, Bytes> ratchets);

  /** Stores the ratchets of an epoch whose key could be opened after all. */
  void hold(EpochRow epoch, Map<DeviceAddress, Bytes> ratchets);

  /** Remembers that there is a key of a lost epoch, which does not open. */
  void lock(EpochRow epoch);

  /** Remembers that a reset gave epochs up, and forgets the oldest beyond {@link #ORPHANED_MAX}. */
  void orphan(GroupId group, EpochRange epochs);

  boolean isOrphaned(GroupId group, long epoch);

  /** The encrypted initial ratchet of a device that has not spoken yet. */
  Optional<Bytes> ratchet(GroupId group, long epoch, DeviceAddress sender);

  void forgetRatchet(GroupId group, long epoch, DeviceAddress sender);

  /**
   * Forgets ratchets of epochs before {@code epoch}: those who have not spoken in them cannot any
   * more.
   */
  void forgetRatchetsBefore(GroupId group, long epoch);

  /**
   * Forgets epochs before {@code epoch}: manifests, ratchets and sessions. Of those that were lost
   * it stays known, of the newest {@link #EPOCHS_MAX}, what had become of their keys.
   */
  void forgetBefore(GroupId group, long epoch);

  /** What had become of the key of a lost epoch when the epoch was forgotten. */
  Optional<EpochRow.Access> forgottenAs(GroupId group, long epoch);
}
