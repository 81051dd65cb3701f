package io.karst.audit;

import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerMessage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says why an event could not follow, once the rules have refused it.
 *
 * <p>The rules judge, not this: it only finds the words, and where it finds none the finding is
 * {@link FindingCode#EVENT_IMPOSSIBLE}.
 *
 * @param before the group that the event is said to have happened to
 * @param offset of the event's first entry
 */
record Diagnosis(Group before, long offset) implements GroupEvent.Cases<Finding> {

  static Finding of(Group before, GroupEvent event) {
    var diagnosis = new Diagnosis(before, before.size());
    if (event.at().isBefore(before.lastAt())) {
      return diagnosis.finding(
          FindingCode.TIME_WENT_BACK, "The entry is older than the one before it.");
    }
    return event.match(diagnosis);
  }

  @Override
  public Finding epochStarted(GroupEvent.EpochStarted event) {
    Set<MemberId> inRoster = event.manifest().manifest().roster().stream()
        .map(RosterEntry::member)
        .collect(Collectors.toSet());
    return inRoster.equals(before.members().keySet())
        ? impossible(event)
        : finding(
            FindingCode.ROSTER_MISMATCH,
            "The roster of epoch %d is not made of exactly the group's members."
                .formatted(event.manifest().manifest().epoch()));
  }

  @Override
  public Finding sessionOpened(GroupEvent.SessionOpened event) {
    SessionBinding binding = event.binding();
    var speaker = new Speaker(before, binding.sender(), binding.epoch(), event.at());
    boolean opened = before
        .senders()
        .of(binding.sender())
        .flatMap(sender -> sender.session(binding.epoch()))
        .isPresent();
    return speaker.problem().orElseGet(() -> opened ? conflict(binding) : impossible(event));
  }

  /** Takes the envelopes one by one up to the first that the rules refuse. */
  @Override
  public Finding envelopesAppended(GroupEvent.EnvelopesAppended event) {
    Group group = before;
    for (Envelope envelope : event.envelopes()) {
      var alone = new GroupEvent.EnvelopesAppended(List.of(envelope), event.at());
      try {
        group = group.evolve(alone);
      } catch (IllegalStateException refused) {
        return new EnvelopeDiagnosis(group, envelope, event.at()).finding();
      }
    }
    return impossible(event);
  }

  @Override
  public Finding ownerDevicesNoted(GroupEvent.OwnerDevicesNoted event) {
    return impossible(event);
  }

  @Override
  public Finding ownerMessageSent(GroupEvent.OwnerMessageSent event) {
    OwnerMessage message = event.message();
    String what = message.sender() + " sends a message";
    if (before.owner().closedTo(message.sender()).isPresent()) {
      return finding(
          FindingCode.SENDER_NOT_IN_ROSTER, what + ", but is not in the newest device list.");
    }
    return before.owner().problem(message).isPresent()
        ? finding(
            FindingCode.SEALED_KEYS_MISMATCH,
            what + " that is not sealed to exactly the other devices of the newest list.")
        : finding(FindingCode.CLIENT_ID_REPEATED, what + " that was taken before.");
  }

  @Override
  public Finding groupCreated(GroupEvent.GroupCreated event) {
    return impossible(event);
  }

  @Override
  public Finding memberAdded(GroupEvent.MemberAdded event) {
    return impossible(event);
  }

  @Override
  public Finding memberRemoved(GroupEvent.MemberRemoved event) {
    return impossible(event);
  }

  @Override
  public Finding memberLeft(GroupEvent.MemberLeft event) {
    return impossible(event);
  }

  @Override
  public Finding roleChanged(GroupEvent.RoleChanged event) {
    return impossible(event);
  }

  @Override
  public Finding rotationDue(GroupEvent.RotationDue event) {
    return impossible(event);
  }

  @Override
  public Finding compromiseReported(GroupEvent.CompromiseReported event) {
    return impossible(event);
  }

  @Override
  public Finding devicesRevoked(GroupEvent.DevicesRevoked event) {
    return impossible(event);
  }

  @Override
  public Finding epochRefused(GroupEvent.EpochRefused event) {
    return impossible(event);
  }

  @Override
  public Finding epochsOrphaned(GroupEvent.EpochsOrphaned event) {
    return impossible(event);
  }

  @Override
  public Finding policyChanged(GroupEvent.PolicyChanged event) {
    return impossible(event);
  }

  @Override
  public Finding sealedKeysStaged(GroupEvent.SealedKeysStaged event) {
    return impossible(event);
  }

  @Override
  public Finding historyShared(GroupEvent.HistoryShared event) {
    KeyShare share = event.share();
    return before.archived()
        ? impossible(event)
        : finding(
            FindingCode.SHARE_FORBIDDEN,
            "%s gives %s keys of epochs %d to %d, which it must not."
                .formatted(share.by(), share.to(), share.fromEpoch(), share.toEpoch()));
  }

  @Override
  public Finding epochEnded(GroupEvent.EpochEnded event) {
    return impossible(event);
  }

  @Override
  public Finding epochKeysDelivered(GroupEvent.EpochKeysDelivered event) {
    return impossible(event);
  }

  @Override
  public Finding groupArchived(GroupEvent.GroupArchived event) {
    return impossible(event);
  }

  private Finding conflict(SessionBinding binding) {
    return finding(
        FindingCode.SESSION_CONFLICT,
        "%s opens a second session in epoch %d.".formatted(binding.sender(), binding.epoch()));
  }

  private Finding impossible(GroupEvent event) {
    return before.archived()
        ? finding(FindingCode.ENTRY_AFTER_ARCHIVE, "The group was archived before.")
        : finding(
            FindingCode.EVENT_IMPOSSIBLE,
            "No rule could have decided this: " + event.getClass().getSimpleName() + ".");
  }

  private Finding finding(FindingCode code, String sentence) {
    return new Finding(offset, code, sentence);
  }
}
