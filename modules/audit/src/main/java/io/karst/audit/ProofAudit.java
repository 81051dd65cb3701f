package io.karst.audit;

import io.karst.domain.epoch.Manifest;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.MemberId;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what is not proven in one event.
 *
 * @param before the group that the event happened to
 * @param offset of the event's first entry
 */
record ProofAudit(Proofs proofs, Group before, long offset)
    implements GroupEvent.Cases<List<Finding>> {

  @Override
  public List<Finding> groupCreated(GroupEvent.GroupCreated event) {
    return proofs.groupId(offset, event).stream().toList();
  }

  @Override
  public List<Finding> epochStarted(GroupEvent.EpochStarted event) {
    var findings = new ArrayList<Finding>();
    proofs.manifest(offset, event.manifest()).ifPresent(findings::add);
    Manifest manifest = event.manifest().manifest();
    RosterHistory.contradictions(before.epoch().roster().values(), manifest.roster()).stream()
        .map(member -> contradiction(member, manifest.epoch()))
        .forEach(findings::add);
    return findings;
  }

  @Override
  public List<Finding> sessionOpened(GroupEvent.SessionOpened event) {
    return proofs.binding(offset, before, event.binding()).stream().toList();
  }

  @Override
  public List<Finding> envelopesAppended(GroupEvent.EnvelopesAppended event) {
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < event.entries(); i++) {
      proofs.envelope(offset + i, event.envelopes().get(i)).ifPresent(findings::add);
    }
    return findings;
  }

  @Override
  public List<Finding> ownerDevicesNoted(GroupEvent.OwnerDevicesNoted event) {
    return ownerProofs().devices(event.list());
  }

  @Override
  public List<Finding> ownerMessageSent(GroupEvent.OwnerMessageSent event) {
    return ownerProofs().message(event.message());
  }

  private OwnerProofs ownerProofs() {
    return new OwnerProofs(proofs.signatures(), before, offset);
  }

  @Override
  public List<Finding> memberAdded(GroupEvent.MemberAdded event) {
    return List.of();
  }

  @Override
  public List<Finding> memberRemoved(GroupEvent.MemberRemoved event) {
    return List.of();
  }

  @Override
  public List<Finding> memberLeft(GroupEvent.MemberLeft event) {
    return List.of();
  }

  @Override
  public List<Finding> roleChanged(GroupEvent.RoleChanged event) {
    return List.of();
  }

  @Override
  public List<Finding> rotationDue(GroupEvent.RotationDue event) {
    return List.of();
  }

  @Override
  public List<Finding> compromiseReported(GroupEvent.CompromiseReported event) {
    return List.of();
  }

  @Override
  public List<Finding> devicesRevoked(GroupEvent.DevicesRevoked event) {
    return List.of();
  }

  @Override
  public List<Finding> epochRefused(GroupEvent.EpochRefused event) {
    return List.of();
  }

  @Override
  public List<Finding> epochsOrphaned(GroupEvent.EpochsOrphaned event) {
    return List.of();
  }

  @Override
  public List<Finding> policyChanged(GroupEvent.PolicyChanged event) {
    return List.of();
  }

  @Override
  public List<Finding> sealedKeysStaged(GroupEvent.SealedKeysStaged event) {
    return List.of();
  }

  @Override
  public List<Finding> historyShared(GroupEvent.HistoryShared event) {
    return List.of();
  }

  @Override
  public List<Finding> epochEnded(GroupEvent.EpochEnded event) {
    return List.of();
  }

  @Override
  public List<Finding> epochKeysDelivered(GroupEvent.EpochKeysDelivered event) {
    return List.of();
  }

  @Override
  public List<Finding> groupArchived(GroupEvent.GroupArchived event) {
    return List.of();
  }

  private Finding contradiction(MemberId member, long epoch) {
    return new Finding(
        offset,
        FindingCode.DEVICES_CONTRADICTED,
        "The devices of %s in epoch %d contradict the roster before.".formatted(member, epoch));
  }
}
