package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.epoch.Epoch;
import io.karst.domain.epoch.Epochs;
import io.karst.domain.history.KeyShare;
import io.karst.domain.history.Sharing;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.journal.v1.GroupSnapshot;
import io.karst.journal.v1.HistoryShared;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shares of keys to and from protobuf, and what a group remembers of them. */
final class ShareFields {

  private ShareFields() {}

  static HistoryShared write(KeyShare share) {
    return HistoryShared.newBuilder()
        .setBy(Fields.actor(share.by()))
        .setTo(Fields.actor(share.to()))
        .setFromEpoch(share.fromEpoch())
        .setToEpoch(share.toEpoch())
        .setOlmType(share.olmType())
        .setOlmMessage(Fields.bytes(share.olmMessage()))
        .build();
  }

  static KeyShare read(HistoryShared share) {
    return new KeyShare(
        Fields.read("by", () -> Fields.address(share.getBy())),
        Fields.read("to", () -> Fields.address(share.getTo())),
        share.getFromEpoch(),
        share.getToEpoch(),
        share.getOlmType(),
        Fields.bytes(share.getOlmMessage()));
  }

  /** Nothing is written that the epochs say themselves. */
  static Optional<GroupSnapshot.Sharing> write(Sharing sharing, Epochs epochs) {
    return sharing.equals(unsaid(epochs))
        ? Optional.empty()
        : Optional.of(write(sharing, epochs.current()));
  }

  private static GroupSnapshot.Sharing write(Sharing sharing, Epoch current) {
    return GroupSnapshot.Sharing.newBuilder()
        .addAllSince(roster(current).stream().map(sharing.since()::get).toList())
        .addAllReading(sharing.readsFrom().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(reading -> GroupSnapshot.Reading.newBuilder()
                .setMemberId(reading.getKey().value())
                .setFromEpoch(reading.getValue())
                .build())
            .toList())
        .addAllRecent(sharing.recent().stream().map(ShareFields::recent).toList())
        .build();
  }

  static Sharing read(GroupSnapshot snapshot, Epochs epochs) {
    return snapshot.hasSharing() ? read(snapshot.getSharing(), epochs.current()) : unsaid(epochs);
  }

  /** An older snapshot knows no more than its two epochs; so less can be shared than was there. */
  private static Sharing unsaid(Epochs epochs) {
    return Sharing.NONE
        .start(epochs.previous().number(), epochs.previous().roster().keySet())
        .start(epochs.current().number(), epochs.current().roster().keySet());
  }

  private static Sharing read(GroupSnapshot.Sharing sharing, Epoch current) {
    List<DeviceAddress> roster = roster(current);
    if (sharing.getSinceCount() != roster.size()) {
      throw new CorruptRecord("since", "not one for each of " + roster.size() + " devices");
    }
    Map<DeviceAddress, Long> since = new HashMap<>();
    for (int i = 0; i < roster.size(); i++) {
      since.put(roster.get(i), sharing.getSince(i));
    }
    Map<MemberId, Long> readsFrom = new HashMap<>();
    for (GroupSnapshot.Reading reading : sharing.getReadingList()) {
      readsFrom.put(
          Fields.read("reading", () -> new MemberId(reading.getMemberId())),
          reading.getFromEpoch());
    }
    return new Sharing(
        since,
        readsFrom,
        readAll("recent", sharing.getRecentCount(), i -> recent(sharing.getRecent(i))));
  }

  private static List<DeviceAddress> roster(Epoch epoch) {
    return epoch.roster().keySet().stream().sorted().toList();
  }

  private static GroupSnapshot.Share recent(Sharing.Recent share) {
    return GroupSnapshot.Share.newBuilder()
        .setOffset(share.offset())
        .setAtMillis(Fields.millis(share.at()))
        .setBy(Fields.actor(share.by()))
        .setTo(Fields.actor(share.to()))
        .setFromEpoch(share.fromEpoch())
        .setToEpoch(share.toEpoch())
        .build();
  }

  private static Sharing.Recent recent(GroupSnapshot.Share share) {
    return new Sharing.Recent(
        share.getOffset(),
        Fields.time(share.getAtMillis()),
        Fields.read("by", () -> Fields.address(share.getBy())),
        Fields.read("to", () -> Fields.address(share.getTo())),
        share.getFromEpoch(),
        share.getToEpoch());
  }
}
