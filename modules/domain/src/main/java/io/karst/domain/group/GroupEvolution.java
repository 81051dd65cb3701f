package io.karst.domain.group;

import io.karst.domain.epoch.DueRotation;
import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerMessage;
import io.karst.domain.sender.IndexWindow;
import io.karst.domain.sender.SenderDraft;
import io.karst.domain.sender.SendersDraft;
import io.karst.domain.sender.TakenEnvelope;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies events to a group, and throws at one that the rules could not have decided.
 *
 * <p>A replay has no command to check against, so this is what stands between a damaged or forged
 * journal and the state: order, roles, rosters, sessions and indices are all checked again.
 */
record GroupEvolution(Group before) implements GroupEvent.Cases<Group> {

  @Override
  public Group groupCreated(GroupEvent.GroupCreated event) {
    require(!before.exists() && before.id().equals(event.groupId()), event);
    requireOrder(event);
    return before.withNonce(event.nonce()).with(event.policy()).withCommitting(List.of(event.by()));
  }

  @Override
  public Group memberAdded(GroupEvent.MemberAdded event) {
    requireBetweenEpochs(event);
    require(!before.has(event.member()) && before.members().size() < Group.MEMBERS_MAX, event);
    if (before.members().isEmpty()) {
      requireCommitter(event.by(), event);
      require(event.role() == Role.OWNER && event.by().member().equals(event.member()), event);
    } else {
      requireRight(event.by(), new Change.Add(event.member(), event.role()), event);
    }
    return withRole(event.member(), event.role());
  }

  @Override
  public Group memberRemoved(GroupEvent.MemberRemoved event) {
    requireBetweenEpochs(event);
    require(before.has(event.member()), event);
    require(!event.member().equals(event.by().member()), event);
    requireRight(event.by(), new Change.Remove(event.member()), event);
    return without(event.member());
  }

  @Override
  public Group roleChanged(GroupEvent.RoleChanged event) {
    requireBetweenEpochs(event);
    require(before.has(event.member()), event);
    require(before.members().get(event.member()) != event.role(), event);
    requireRight(event.by(), new Change.SetRole(event.member(), event.role()), event);
    return withRole(event.member(), event.role());
  }

  /** From here on no envelope is accepted: who left still knows the epoch's key. */
  @Override
  public Group memberLeft(GroupEvent.MemberLeft event) {
    requireOpen(event);
    require(before.has(event.by().member()), event);
    Group after = without(event.by().member());
    require(after.members().isEmpty() || after.hasOwner(), event);
    return after.withDue(new DueRotation(RotationReason.MEMBER_LEFT, event.at()));
  }

  @Override
  public Group rotationDue(GroupEvent.RotationDue event) {
    requireOpen(event);
    require(!before.members().isEmpty() && RotationTriggers.justify(before, event), event);
    return before.withDue(new DueRotation(event.reason(), event.deadline()));
  }

  /** From here on no envelope is accepted: somebody outside may know the epoch's key. */
  @Override
  public Group compromiseReported(GroupEvent.CompromiseReported event) {
    requireOpen(event);
    require(before.has(event.by().member()), event);
    require(!before.isDue(RotationReason.COMPROMISE), event);
    return before.withDue(new DueRotation(RotationReason.COMPROMISE, event.at()));
  }

  /**
   * From here on nothing of these devices is accepted, be it of this epoch or of the one before.
   */
  @Override
  public Group devicesRevoked(GroupEvent.DevicesRevoked event) {
    requireOpen(event);
    require(before.has(event.member()), event);
    var revoked = new HashSet<>(before.revoked());
    boolean current = false;
    for (DeviceId device : event.devices()) {
      var address = new DeviceAddress(event.member(), device);
      boolean inCurrent = before.epoch().has(address);
      require(inCurrent || before.epochs().previous().has(address), event);
      require(revoked.add(address), event);
      current |= inCurrent;
    }
    Group after = before.withRevoked(revoked);
    return current
        ? after.withDue(new DueRotation(RotationReason.DEVICE_REMOVED, event.at()))
        : after;
  }

  @Override
  public Group policyChanged(GroupEvent.PolicyChanged event) {
    requireOpen(event);
    require(before.isAllowed(event.by().member(), Role.ADMIN), event);
    require(!event.policy().equals(before.policy()), event);
    return before.with(event.policy());
  }

  @Override
  public Group historyShared(GroupEvent.HistoryShared event) {
    requireOpen(event);
    require(before.has(event.share().by().member()), event);
    require(ShareRules.problem(before, event.share()).isEmpty(), event);
    return before.with(before.sharing().with(event.share(), before.size(), event.at()));
  }

  @Override
  public Group epochEnded(GroupEvent.EpochEnded event) {
    requireOpen(event);
    requireSpeaker(event.by(), before.epoch(), event);
    require(event.epoch() == before.epoch().number(), event);
    require(!event.graceUntil().isBefore(event.at()), event);
    require(!event.graceUntil().isAfter(RotationTriggers.graceUntil(before, event.at())), event);
    return before.with(before.epochs().end(event.graceUntil())).withCommitting(List.of(event.by()));
  }

  /** Never inside of a commit, which is one write. */
  @Override
  public Group sealedKeysStaged(GroupEvent.SealedKeysStaged event) {
    require(before.isSettled() && !before.archived() && !before.owner().isOpen(), event);
    return before;
  }

  @Override
  public Group epochStarted(GroupEvent.EpochStarted event) {
    requireBetweenEpochs(event);
    Manifest manifest = event.manifest().manifest();
    Epoch ended = before.epoch();
    require(manifest.group().equals(before.id()), event);
    require(manifest.epoch() == ended.number() + 1, event);
    require(manifest.previousHash().equals(ended.manifestHash()), event);
    require(before.hasOwner() && membersOf(manifest).equals(before.members().keySet()), event);
    requireCommitter(manifest.committer(), event);
    require(isVouchedFor(manifest), event);
    require(event.keys().fit(manifest, before.size()), event);
    require(Collections.disjoint(addressesOf(manifest), before.revoked()), event);
    var epochs = before.epochs().start(event.manifest(), before.size(), event.at());
    var senders = before
        .senders()
        .startEpoch(
            manifest.epoch(),
            device -> epochs.current().has(device) || epochs.previous().has(device));
    var revoked = new HashSet<>(before.revoked());
    revoked.removeIf(device -> !ended.has(device));
    return before
        .with(epochs)
        .with(senders)
        .with(before.sharing().start(manifest.epoch(), addressesOf(manifest)))
        .withDue(List.of())
        .withRevoked(revoked)
        .withCommitting(List.of());
  }

  /**
   * Whether the roster names the committer with the same keys as the one before, if there is one.
   */
  private boolean isVouchedFor(Manifest manifest) {
    RosterEntry known = before.epoch().roster().get(manifest.committer());
    return manifest
        .entry(manifest.committer())
        .filter(entry -> known == null || entry.identity().equals(known.identity()))
        .isPresent();
  }

  @Override
  public Group epochKeysDelivered(GroupEvent.EpochKeysDelivered event) {
    requireOrder(event);
    require(before.isSettled() && before.epochs().isNextDelivery(event.epoch()), event);
    return before.with(before.epochs().deliver(event.epoch()));
  }

  @Override
  public Group sessionOpened(GroupEvent.SessionOpened event) {
    requireTaking(event);
    var binding = event.binding();
    requireSpeaker(binding.sender(), accepting(binding.epoch(), event), event);
    SendersDraft senders = before.senders().draft();
    SenderDraft sender = senders.of(binding.sender());
    require(sender.session(binding.epoch()).isEmpty(), event);
    sender.open(binding);
    return before.with(senders.finish(before.size() + 1));
  }

  @Override
  public Group epochRefused(GroupEvent.EpochRefused event) {
    requireOpen(event);
    boolean inside = before
        .epochs()
        .remembered(event.epoch())
        .filter(epoch -> epoch.has(event.by()))
        .isPresent();
    require(before.has(event.by().member()) && inside, event);
    require(!before.epochs().faults().isRefused(event.epoch(), event.by()), event);
    return before.with(before.epochs().refuse(event.epoch(), event.by()));
  }

  @Override
  public Group epochsOrphaned(GroupEvent.EpochsOrphaned event) {
    requireBetweenEpochs(event);
    requireCommitter(event.by(), event);
    require(event.epochs().to() <= before.epoch().number(), event);
    return before.with(before.epochs().orphan(event.epochs()));
  }

  @Override
  public Group groupArchived(GroupEvent.GroupArchived event) {
    requireOpen(event);
    require(
        before.members().isEmpty() || before.members().get(event.by().member()) == Role.OWNER,
        event);
    return before.asArchived();
  }

  @Override
  public Group envelopesAppended(GroupEvent.EnvelopesAppended event) {
    requireTaking(event);
    SendersDraft senders = before.senders().draft();
    long offset = before.size();
    for (Envelope envelope : event.envelopes()) {
      requireSpeaker(envelope.sender(), accepting(envelope.epoch(), event), event);
      SenderDraft sender = senders.of(envelope.sender());
      require(fits(envelope, sender), event);
      sender.take(
          envelope.epoch(),
          new TakenEnvelope(
              envelope.clientId(),
              envelope.sessionId(),
              envelope.messageIndex(),
              offset,
              event.at()));
      offset++;
    }
    long current = event.envelopes().stream()
        .filter(envelope -> envelope.epoch() == before.epoch().number())
        .count();
    return before.with(senders.finish(offset)).with(before.epochs().plus(current));
  }

  @Override
  public Group ownerDevicesNoted(GroupEvent.OwnerDevicesNoted event) {
    requireOwnerLog(event);
    require(before.owner().follows(event.list()), event);
    return before.with(before.owner().noted(event.list()));
  }

  @Override
  public Group ownerMessageSent(GroupEvent.OwnerMessageSent event) {
    requireOwnerLog(event);
    OwnerMessage message = event.message();
    require(before.owner().problem(message).isEmpty(), event);
    require(before.owner().sent(message.sender().device(), message.clientId()).isEmpty(), event);
    return before.with(before.owner().with(message, before.size(), event.at()));
  }

  private void requireOwnerLog(GroupEvent event) {
    requireOrder(event);
    require(before.owner().isOpen() || !before.exists(), event);
  }

  private static boolean fits(Envelope envelope, SenderDraft sender) {
    return sender.taken(envelope.clientId()).isEmpty()
        && sender
            .session(envelope.epoch())
            .filter(s -> s.binding().sessionKey().equals(envelope.sessionId()))
            .filter(s -> s.window().judge(envelope.messageIndex()) == IndexWindow.Verdict.FRESH)
            .isPresent();
  }

  private Epoch accepting(long epoch, GroupEvent event) {
    return before.epochs().accepting(epoch, event.at()).orElseThrow(() -> impossible(event));
  }

  private void requireSpeaker(DeviceAddress device, Epoch epoch, GroupEvent event) {
    require(before.has(device.member()) && epoch.has(device), event);
    require(!before.revoked().contains(device), event);
  }

  private void requireTaking(GroupEvent event) {
    requireOpen(event);
    require(!before.isOverdue(event.at()), event);
  }

  private void requireOpen(GroupEvent event) {
    requireOrder(event);
    require(before.exists() && before.isSettled() && !before.archived(), event);
    require(!before.owner().isOpen(), event);
  }

  /** A commit's changes stand between the end of one epoch and the start of the next. */
  private void requireBetweenEpochs(GroupEvent event) {
    requireOrder(event);
    require(!before.isSettled(), event);
  }

  /**
   * Everything of one commit is one device's doing: the manifest's signature vouches for all of it.
   */
  private void requireCommitter(DeviceAddress device, GroupEvent event) {
    require(before.committing().contains(device), event);
  }

  private void requireRight(DeviceAddress by, Change change, GroupEvent event) {
    requireCommitter(by, event);
    Role required = MembershipChanges.requiredRole(before, change);
    require(before.isAllowed(by.member(), required), event);
  }

  private void requireOrder(GroupEvent event) {
    require(!event.at().isBefore(before.lastAt()), event);
  }

  private Group withRole(MemberId member, Role role) {
    Map<MemberId, Role> members = new HashMap<>(before.members());
    members.put(member, role);
    return before.with(members);
  }

  private Group without(MemberId member) {
    Map<MemberId, Role> members = new HashMap<>(before.members());
    members.remove(member);
    return before.with(members);
  }

  private static Set<MemberId> membersOf(Manifest manifest) {
    var members = new HashSet<MemberId>();
    manifest.roster().forEach(entry -> members.add(entry.member()));
    return members;
  }

  private static List<DeviceAddress> addressesOf(Manifest manifest) {
    return manifest.roster().stream().map(RosterEntry::address).toList();
  }

  private static void require(boolean possible, GroupEvent event) {
    if (!possible) {
      throw impossible(event);
    }
  }

  private static IllegalStateException impossible(GroupEvent event) {
    return new IllegalStateException("impossible event: " + event.getClass().getSimpleName());
  }
}
