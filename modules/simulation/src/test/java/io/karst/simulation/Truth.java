package io.karst.simulation;

import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.StoredRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What the journal's bytes say: who spoke where, and who is in which roster. A device reads a
 * message if it is in the roster of the message's epoch. That is all there is to it.
 */
final class Truth {

  private final GroupId group;
  private final List<byte[]> rows;
  private final Map<Long, SignedManifest> manifests = new TreeMap<>();
  private final Map<Long, Set<DeviceAddress>> rosters = new TreeMap<>();
  private final Map<Long, Envelope> envelopes = new TreeMap<>();
  private final Set<Long> skipped = new HashSet<>();
  private final Set<MemberId> members = new HashSet<>();
  private final Grants grants = new Grants(rosters);
  private final Set<Long> orphaned = new HashSet<>();
  private boolean archived;
  private long size;

  Truth(GroupId group, List<byte[]> rows) {
    this.group = group;
    this.rows = rows;
    GroupRecordCodec codec = new GroupRecordCodec(group);
    boolean mustRotate = false;
    for (byte[] row : rows) {
      StoredRecord record = codec.decode(row);
      GroupEvent event = record.event();
      size = record.nextOffset();
      if (event instanceof GroupEvent.EpochStarted started) {
        add(started.manifest());
        mustRotate = false;
      } else if (event instanceof GroupEvent.GroupArchived) {
        archived = true;
      } else if (event instanceof GroupEvent.EpochsOrphaned given) {
        LongStream.rangeClosed(given.epochs().from(), given.epochs().to()).forEach(orphaned::add);
      } else if (event instanceof GroupEvent.MemberAdded added) {
        members.add(added.member());
      } else if (event instanceof GroupEvent.MemberLeft left) {
        members.remove(left.by().member());
        mustRotate = true;
      } else if (event instanceof GroupEvent.MemberRemoved removed) {
        members.remove(removed.member());
        mustRotate = true;
      } else if (event instanceof GroupEvent.DevicesRevoked) {
        mustRotate = true;
      } else if (event instanceof GroupEvent.EnvelopesAppended appended) {
        long offset = record.firstOffset();
        for (Envelope envelope : appended.envelopes()) {
          if (mustRotate) {
            skipped.add(offset);
          }
          envelopes.put(offset++, envelope);
        }
      }
      grants.take(event);
    }
  }

  private void add(SignedManifest signed) {
    long epoch = signed.manifest().epoch();
    manifests.put(epoch, signed);
    rosters.put(
        epoch,
        signed.manifest().roster().stream().map(RosterEntry::address).collect(Collectors.toSet()));
  }

  GroupId group() {
    return group;
  }

  List<byte[]> rows() {
    return rows;
  }

  Map<Long, SignedManifest> manifests() {
    return manifests;
  }

  Grants grants() {
    return grants;
  }

  /** Whether somebody gave up the epoch: nobody had its key. */
  boolean isOrphaned(long epoch) {
    return orphaned.contains(epoch);
  }

  /** Whether the group has ended: also when the last member has left. */
  boolean isArchived() {
    return archived;
  }

  /** How many entries the log has. */
  long size() {
    return size;
  }

  /** Who is in the group at its end. */
  Set<MemberId> members() {
    return members;
  }

  /** By offset, ascending. */
  Map<Long, Envelope> envelopes() {
    return envelopes;
  }

  /** Envelopes that were taken after somebody or a device went and before the next epoch. */
  Set<Long> takenWithoutRotation() {
    return skipped;
  }

  /** The devices to which an epoch's key was sealed. */
  Set<DeviceAddress> roster(long epoch) {
    return rosters.getOrDefault(epoch, Set.of());
  }

  /** Whether any device of the member could read it. */
  boolean mayRead(MemberId member, Envelope envelope) {
    return roster(envelope.epoch()).stream().anyMatch(device -> device.member().equals(member));
  }

  boolean mayRead(DeviceAddress device, Envelope envelope) {
    return roster(envelope.epoch()).contains(device);
  }

  /** Offsets of what a device may read, ascending. */
  List<Long> readable(DeviceAddress device) {
    return envelopes.entrySet().stream()
        .filter(entry -> mayRead(device, entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
