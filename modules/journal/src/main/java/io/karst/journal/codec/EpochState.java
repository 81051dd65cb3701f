package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.DeviceAddress;
import io.karst.journal.v1.GroupSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a group remembers of an epoch, to and from protobuf. */
final class EpochState {

  private EpochState() {}

  /** Nothing is written for the epoch before the first. */
  static Optional<GroupSnapshot.Epoch> write(Epoch epoch) {
    if (epoch.equals(Epoch.NONE)) {
      return Optional.empty();
    }
    GroupSnapshot.Epoch.Builder target = GroupSnapshot.Epoch.newBuilder()
        .setNumber(epoch.number())
        .setManifestHash(Fields.bytes(epoch.manifestHash()))
        .addAllRoster(roster(epoch))
        .setStartedOffset(epoch.startedOffset())
        .setStartedAtMillis(Fields.millis(epoch.startedAt()))
        .setMessages(epoch.messages());
    if (!epoch.isOpen()) {
      target.setAcceptedUntilMillis(Fields.millis(epoch.acceptedUntil()));
    }
    return Optional.of(target.build());
  }

  static Epoch read(GroupSnapshot.Epoch epoch) {
    List<RosterEntry> entries =
        readAll("roster", epoch.getRosterCount(), i -> EpochFields.rosterEntry(epoch.getRoster(i)));
    Map<DeviceAddress, RosterEntry> roster = new HashMap<>();
    entries.forEach(entry -> roster.put(entry.address(), entry));
    return new Epoch(
        Fields.notNegative(epoch.getNumber()),
        Fields.bytes(epoch.getManifestHash()),
        roster,
        Fields.notNegative(epoch.getStartedOffset()),
        Fields.time(epoch.getStartedAtMillis()),
        epoch.hasAcceptedUntilMillis()
            ? Fields.read(
                "accepted_until_millis", () -> Fields.time(epoch.getAcceptedUntilMillis()))
            : Epoch.OPEN,
        Fields.notNegative(epoch.getMessages()));
  }

  private static List<io.karst.journal.v1.RosterEntry> roster(Epoch epoch) {
    return epoch.roster().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> EpochFields.rosterEntry(entry.getValue()))
        .toList();
  }
}
