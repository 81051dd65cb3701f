package io.karst.simulation;

import io.karst.client.store.OlmTable;
import io.karst.domain.device.Device;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.Group;
import io.karst.domain.id.GroupId;
import io.karst.journal.codec.GroupSnapshotCodec;
import io.karst.journal.log.GroupLog;
import java.util.List;

/** What is kept is bounded by how many take part, not by how much was said. */
final class Bounds {

  /** What a group's snapshot has, and how much more for each device. */
  private static final int SNAPSHOT_BYTES = 2_048;

  private static final int SNAPSHOT_BYTES_DEVICE = 2_500;

  private final World world;
  private final List<Phone> phones;
  private final GroupId id;

  Bounds(World world, List<Phone> phones, GroupId id) {
    this.world = world;
    this.phones = phones;
    this.id = id;
  }

  void check() {
    GroupLog log = world.backend().group(id).log();
    Group group = log.group();
    int devices = group.epochs().current().roster().size()
        + group.epochs().previous().roster().size();
    int bytes = GroupSnapshotCodec.encode(log).length;
    if (bytes > SNAPSHOT_BYTES + devices * SNAPSHOT_BYTES_DEVICE) {
      violated("a snapshot of %d bytes for %d roster entries".formatted(bytes, devices));
    }
    phones.forEach(this::check);
  }

  private void check(Phone phone) {
    int items = world.backend().member(phone.self().member()).member().devices().values().stream()
        .map(Device::inbox)
        .mapToInt(inbox -> inbox.items().size())
        .sum();
    if (items > 0) {
      world.violated(
          Violation.Kind.NOT_SETTLED,
          "%s did not acknowledge %d items".formatted(phone.self(), items));
    }
    int waiting = phone.read(memory -> memory.tables().outbox().waiting(id));
    if (waiting > 0 && !phone.isGone() && phone.isIn(id)) {
      world.violated(
          Violation.Kind.NOT_SETTLED,
          "%s: %s did not send %d messages".formatted(id, phone.self(), waiting));
    }
    for (Phone peer : phones) {
      List<DeviceList> lists =
          phone.read(memory -> memory.tables().pins().of(peer.self().member()));
      lists.stream().flatMap(list -> list.devices().stream()).forEach(device -> {
        int sessions = phone.read(
            memory -> memory.tables().olm().with(device.curve25519Key()).size());
        if (sessions > OlmTable.SESSIONS_MAX) {
          violated(phone.self() + " has " + sessions + " sessions with " + peer.self());
        }
      });
    }
  }

  private void violated(String what) {
    world.violated(Violation.Kind.UNBOUNDED, id + ": " + what);
  }
}
