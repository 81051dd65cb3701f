package io.karst.client.wire;

import static io.karst.client.wire.WireBytes.valid;

import io.karst.client.api.BadAnswer;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.EpochStarted;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SubscriptionStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries of a log. */
public final class EntryWire {

  private EntryWire() {}

  /** The entries of one answer; the last one stands before the answer's cursor. */
  public static List<LogItem> items(Entries wire) {
    GroupId group = group(wire.getGroupId());
    List<LogItem> items = new ArrayList<>();
    int last = wire.getEntriesCount() - 1;
    for (int i = 0; i <= last; i++) {
      Optional<Head> cursor = i < last
          ? Optional.empty()
          : Optional.of(EnvelopeWire.head(wire.getCursor().getHead()));
      items.add(item(group, wire.getEntries(i), cursor));
    }
    return items;
  }

  /** An entry that stands for itself. */
  public static LogItem item(GroupId group, LogEntry wire) {
    return item(group, wire, Optional.empty());
  }

  private static LogItem item(GroupId group, LogEntry wire, Optional<Head> cursor) {
    return new LogItem(entry(wire), LeafWire.leaf(group, wire), cursor);
  }

  /** The tree over all entries before the first to come; none if the answer tells none. */
  public static Optional<Frontier> tree(SubscriptionStarted wire) {
    List<Bytes> peaks = wire.getFrontierList().stream().map(WireBytes::bytes).toList();
    return peaks.isEmpty()
        ? Optional.empty()
        : Optional.of(valid("frontier", () -> new Frontier(wire.getNextOffset(), peaks)));
  }

  public static GroupId group(String groupId) {
    return valid("group id", () -> new GroupId(groupId));
  }

  public static Entry entry(LogEntry wire) {
    long offset = wire.getOffset();
    Instant at = WireBytes.time(wire.getAcceptedAtMillis());
    return switch (wire.getEntryCase()) {
      case MEMBER_ADDED,
          MEMBER_REMOVED,
          MEMBER_LEFT,
          ROLE_CHANGED,
          ROTATION_DUE,
          COMPROMISE_REPORTED,
          POLICY_CHANGED,
          EPOCH_REFUSED,
          EPOCHS_ORPHANED,
          DEVICES_REVOKED,
          HISTORY_SHARED,
          GROUP_ARCHIVED -> new Entry.Notice(offset, NoticeWire.notice(wire, at));
      case EPOCH_STARTED -> new Entry.EpochStarted(offset, at, started(wire.getEpochStarted()));
      case SESSION_OPENED ->
        new Entry.SessionOpened(
            offset, EpochWire.binding(wire.getSessionOpened().getBinding(), by(wire)));
      case ENVELOPE -> new Entry.Spoken(offset, at, EnvelopeWire.envelope(wire.getEnvelope()));
      case OWNER_DEVICES ->
        new Entry.OwnerDevices(
            offset, at, DeviceWire.deviceList(wire.getOwnerDevices().getDeviceList()));
      case OWNER_MESSAGE ->
        new Entry.OwnerSaid(
            offset,
            at,
            OwnerWire.header(wire.getOwnerMessage()),
            OwnerWire.shownCopies(wire.getOwnerMessage()));
      case HIDDEN -> new Entry.Hidden(offset, WireBytes.bytes(wire.getHidden().getLeafHash()));
      case GROUP_CREATED, EPOCH_ENDED, EPOCH_KEYS_DELIVERED -> new Entry.Silent(offset);
      case ENTRY_NOT_SET -> throw new BadAnswer("the server's answer holds an empty entry");
    };
  }

  private static DeviceAddress by(LogEntry wire) {
    return DeviceWire.address(wire.getByMemberId(), wire.getByDeviceId());
  }

  private static EpochNews started(EpochStarted wire) {
    return new EpochNews(
        EpochWire.manifest(wire.getManifest()),
        wire.hasSealedKey()
            ? Optional.of(EpochWire.sealedKey(wire.getSealedKey()))
            : Optional.empty(),
        List.of());
  }
}
