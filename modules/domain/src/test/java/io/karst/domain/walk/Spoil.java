package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes one thing of a command or a manifest. */
public final class Spoil {

  private Spoil() {}

  public static UnaryOperator<GroupCommand.Commit> manifest(
      Proposals proposals, UnaryOperator<Manifest> change) {
    return c -> new GroupCommand.Commit(
        c.by(),
        c.expectedEpoch(),
        c.changes(),
        proposals.sign(change.apply(c.manifest().manifest())),
        c.sealedKeys(),
        c.registered(),
        c.orphaned());
  }

  public static UnaryOperator<GroupCommand.Commit> expectedEpoch(long epoch) {
    return c -> new GroupCommand.Commit(
        c.by(), epoch, c.changes(), c.manifest(), c.sealedKeys(), c.registered(), c.orphaned());
  }

  public static UnaryOperator<GroupCommand.Commit> sealedKeys(
      UnaryOperator<List<SealedKey>> change) {
    return c -> new GroupCommand.Commit(
        c.by(),
        c.expectedEpoch(),
        c.changes(),
        c.manifest(),
        change.apply(c.sealedKeys()),
        c.registered(),
        c.orphaned());
  }

  public static UnaryOperator<GroupCommand.Commit> registered(
      UnaryOperator<Map<MemberId, DeviceList>> change) {
    return c -> new GroupCommand.Commit(
        c.by(),
        c.expectedEpoch(),
        c.changes(),
        c.manifest(),
        c.sealedKeys(),
        change.apply(c.registered()),
        c.orphaned());
  }

  /** The same for the command that creates a group. */
  public static UnaryOperator<GroupCommand.Create> created(
      Proposals proposals,
      UnaryOperator<Manifest> manifest,
      UnaryOperator<List<SealedKey>> sealedKeys,
      UnaryOperator<Map<MemberId, DeviceList>> registered) {
    return c -> new GroupCommand.Create(
        c.by(),
        c.groupId(),
        c.nonce(),
        c.policy(),
        c.members(),
        proposals.sign(manifest.apply(c.manifest().manifest())),
        sealedKeys.apply(c.sealedKeys()),
        registered.apply(c.registered()));
  }

  public static UnaryOperator<Manifest> group(GroupId group) {
    return m -> copy(m, group, m.epoch(), m.previousHash(), m.reason());
  }

  /** A later epoch needs a hash of the one before, of 32 bytes. */
  public static UnaryOperator<Manifest> epoch(long epoch) {
    return m -> {
      boolean first = epoch == 1;
      Bytes previous = m.previousHash();
      Bytes fitting = first ? Bytes.EMPTY : Fake.bytes("any", 32);
      return copy(
          m, m.group(), epoch, previous.isEmpty() == first ? previous : fitting, m.reason());
    };
  }

  public static UnaryOperator<Manifest> previousHash(Bytes hash) {
    return m -> copy(m, m.group(), m.epoch(), hash, m.reason());
  }

  public static UnaryOperator<Manifest> reason(RotationReason reason) {
    return m -> copy(m, m.group(), m.epoch(), m.previousHash(), reason);
  }

  public static UnaryOperator<Manifest> keySuite(int keySuite) {
    return m -> new Manifest(
        m.group(),
        m.epoch(),
        keySuite,
        m.previousHash(),
        m.reason(),
        m.committer(),
        m.keyCommitment(),
        m.roster());
  }

  public static UnaryOperator<Manifest> committer(DeviceAddress committer) {
    return m -> new Manifest(
        m.group(),
        m.epoch(),
        m.keySuite(),
        m.previousHash(),
        m.reason(),
        committer,
        m.keyCommitment(),
        m.roster());
  }

  public static UnaryOperator<Manifest> roster(UnaryOperator<List<RosterEntry>> change) {
    return m -> new Manifest(
        m.group(),
        m.epoch(),
        m.keySuite(),
        m.previousHash(),
        m.reason(),
        m.committer(),
        m.keyCommitment(),
        change.apply(m.roster()));
  }

  private static Manifest copy(
      Manifest m, GroupId group, long epoch, Bytes previousHash, RotationReason reason) {
    return new Manifest(
        group,
        epoch,
        m.keySuite(),
        previousHash,
        reason,
        m.committer(),
        m.keyCommitment(),
        m.roster());
  }
}
