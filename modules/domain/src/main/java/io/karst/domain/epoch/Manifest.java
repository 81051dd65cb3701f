package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

/**
 * What a committing device states and signs: group, epoch, roster, and a commitment to the epoch
 * key.
 *
 * <p>Invariant: the roster has 1 to {@value #ROSTER_MAX} entries, ascending by address, each once;
 * the previous hash is empty in epoch 1 and 32 bytes later; the commitment has 32 bytes.
 */
public record Manifest(
    GroupId group,
    long epoch,
    int keySuite,
    Bytes previousHash,
    RotationReason reason,
    DeviceAddress committer,
    Bytes keyCommitment,
    List<RosterEntry> roster) {

  /** The largest group whose epoch keys are sealed one by one. */
  public static final int ROSTER_MAX = 1000;

  /** Epoch keys sealed to each device over Olm. */
  public static final int KEY_SUITE_OLM = 1;

  public Manifest {
    roster = List.copyOf(roster);
    require(epoch >= 1, "epochs start at 1");
    require(previousHash.length() == (epoch == 1 ? 0 : 32), "previous hash has the wrong length");
    require(keyCommitment.length() == 32, "a key commitment has 32 bytes");
    require(!roster.isEmpty() && roster.size() <= ROSTER_MAX, "1 to 1,000 devices");
    for (int i = 1; i < roster.size(); i++) {
      require(
          roster.get(i - 1).address().compareTo(roster.get(i).address()) < 0,
          "the roster ascends by address, each device once");
    }
  }

  public Optional<RosterEntry> entry(DeviceAddress address) {
    return roster.stream().filter(e -> e.address().equals(address)).findFirst();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
