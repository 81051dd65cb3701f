package io.karst.audit;

import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.history.KeyShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.owner.OwnerMessage;
import io.karst.journal.log.StoredRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds during an audit which devices got the key of the epoch that was in use at a place of the
 * log, or at a time: from the epoch's roster, and from shares of its history, later ones included.
 * The log of a member's own devices has no epochs: there it finds to whom a message was sealed, and
 * which devices were on the list elsewhere.
 *
 * <p>The log says to whom a key was sealed; whether a device opened it, and kept it, it cannot say.
 * Mutable, for one replay by one thread; its memory does not grow with the log.
 */
public final class KeyHolders implements ReportSink {

  /** How a device got the key. */
  public enum Way {
    /** It was in the epoch's roster; or on the member's list, of its own devices. */
    ROSTER,
    /** It was in the roster, and said that the key does not fit: it could not use it. */
    REFUSED,
    /** Another device gave it what opens the epoch's messages. */
    SHARED
  }

  /**
   * A device that got the key.
   *
   * @param by who sealed it to the device
   * @param offset the entry that says so
   */
  public record Holder(DeviceAddress device, Way way, DeviceAddress by, long offset, Instant at) {}

  private final Place place;
  private final TreeMap<Long, List<Holder>> epochs = new TreeMap<>();
  private long found;
  private Own own = new Own(0, List.of());
  private Own foundOwn = own;

  /** A version of the list of a member's own devices. */
  private record Own(long version, List<Holder> holders) {}

  private KeyHolders(Place place) {
    this.place = place;
  }

  /** Of the epoch that an envelope was encrypted in, or that was current once another entry was. */
  public static KeyHolders ofOffset(long offset) {
    return new KeyHolders(new AtOffset(offset));
  }

  /** Of the epoch that was current at a time. */
  public static KeyHolders ofTime(Instant time) {
    return new KeyHolders(new AtTime(time));
  }

  /** The epoch; empty when the log does not reach the place, or began later. */
  public Optional<Long> epoch() {
    return found == 0 ? Optional.empty() : Optional.of(found);
  }

  /**
   * The version of the device list, in the log of a member's own devices; empty when the log does
   * not reach the place, or is a group's.
   */
  public Optional<Long> deviceListVersion() {
    return foundOwn.version() == 0 ? Optional.empty() : Optional.of(foundOwn.version());
  }

  /** In the order of the entries that say so. */
  public List<Holder> holders() {
    return found == 0 ? foundOwn.holders() : List.copyOf(epochs.getOrDefault(found, List.of()));
  }

  @Override
  public void passed(StoredRecord record) {
    if (record.event() instanceof GroupEvent.EpochStarted started) {
      begin(started.manifest().manifest(), record);
    } else if (record.event() instanceof GroupEvent.HistoryShared shared) {
      share(shared.share(), record);
    } else if (record.event() instanceof GroupEvent.EpochRefused refused) {
      refuse(refused.epoch(), refused.by());
    } else if (record.event() instanceof GroupEvent.OwnerDevicesNoted noted) {
      own = noted(noted.list(), record);
    }
    place.epoch(record).ifPresent(epoch -> {
      found = epoch;
      foundOwn = record.event() instanceof GroupEvent.OwnerMessageSent sent
          ? place.of(own, sealed(sent.message(), record))
          : own;
    });
  }

  private static Own noted(DeviceList list, StoredRecord record) {
    var by = new DeviceAddress(list.member(), list.signer());
    return new Own(
        list.version(),
        list.devices().stream()
            .map(device -> roster(new DeviceAddress(list.member(), device.device()), by, record))
            .toList());
  }

  private static Own sealed(OwnerMessage message, StoredRecord record) {
    DeviceAddress by = message.sender();
    var holders = new ArrayList<Holder>();
    holders.add(roster(by, by, record));
    message
        .copies()
        .forEach(
            copy -> holders.add(roster(new DeviceAddress(by.member(), copy.to()), by, record)));
    return new Own(message.deviceListVersion(), List.copyOf(holders));
  }

  private static Holder roster(DeviceAddress device, DeviceAddress by, StoredRecord record) {
    return new Holder(device, Way.ROSTER, by, record.firstOffset(), record.at());
  }

  private void begin(Manifest manifest, StoredRecord record) {
    List<Holder> holders = manifest.roster().stream()
        .map(entry -> new Holder(
            entry.address(), Way.ROSTER, manifest.committer(), record.firstOffset(), record.at()))
        .collect(Collectors.toCollection(ArrayList::new));
    epochs.put(manifest.epoch(), holders);
    // An envelope may still be of the epoch before; older ones can only be the epoch found.
    epochs.keySet().removeIf(number -> number < manifest.epoch() - 1 && number != found);
  }

  private void share(KeyShare share, StoredRecord record) {
    var holder = new Holder(share.to(), Way.SHARED, share.by(), record.firstOffset(), record.at());
    epochs
        .subMap(share.fromEpoch(), true, share.toEpoch(), true)
        .values()
        .forEach(holders -> holders.add(holder));
  }

  private void refuse(long epoch, DeviceAddress by) {
    epochs
        .getOrDefault(epoch, List.of())
        .replaceAll(holder -> holder.device().equals(by) && holder.way() == Way.ROSTER
            ? new Holder(by, Way.REFUSED, holder.by(), holder.offset(), holder.at())
            : holder);
  }

  /** Where to look. */
  private sealed interface Place {

    /** The epoch in use, when the record is at the place. */
    Optional<Long> epoch(StoredRecord record);

    /** What is asked for, the devices of a list or those of a message under it. */
    Own of(Own list, Own message);
  }

  private record AtOffset(long offset) implements Place {
    @Override
    public Optional<Long> epoch(StoredRecord record) {
      if (offset < record.firstOffset() || offset >= record.nextOffset()) {
        return Optional.empty();
      }
      if (record.event() instanceof GroupEvent.EnvelopesAppended appended) {
        Envelope envelope =
            appended.envelopes().get(Math.toIntExact(offset - record.firstOffset()));
        return Optional.of(envelope.epoch());
      }
      return Optional.of(record.epoch());
    }

    @Override
    public Own of(Own list, Own message) {
      return message;
    }
  }

  private record AtTime(Instant time) implements Place {
    @Override
    public Optional<Long> epoch(StoredRecord record) {
      return record.at().isAfter(time) ? Optional.empty() : Optional.of(record.epoch());
    }

    @Override
    public Own of(Own list, Own message) {
      return list;
    }
  }
}
