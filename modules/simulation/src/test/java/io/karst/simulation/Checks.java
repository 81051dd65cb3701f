package io.karst.simulation;

import io.karst.audit.AuditReplay;
import io.karst.audit.AuditReport;
import io.karst.audit.ReportSink;
import io.karst.client.store.EpochRow;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.group.Group;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.journal.codec.GroupSnapshotCodec;
import io.karst.journal.log.GroupLog;
import io.karst.proof.merkle.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of one group when everything has come to rest. */
final class Checks {

  private final World world;
  private final List<Phone> phones;
  private final Truth truth;
  private final GroupId id;
  private final Set<DeviceAddress> devices;
  private final Reasons reasons;

  Checks(World world, List<Phone> phones, Truth truth) {
    this.world = world;
    this.phones = phones;
    this.truth = truth;
    this.id = truth.group();
    this.devices = phones.stream()
        .map(Phone::self)
        .filter(self ->
            world.backend().member(self.member()).member().device(self.device()).isPresent())
        .collect(Collectors.toSet());
    this.reasons = new Reasons(
        truth,
        world.witness(),
        devices,
        phones.stream()
            .filter(Phone::hasLostSessions)
            .map(Phone::self)
            .collect(Collectors.toSet()));
  }

  void all(List<Said> said) {
    recovery();
    audit();
    rotations();
    rosters();
    manifests();
    reading();
    if (!truth.grants().forbidden().isEmpty()) {
      violated(
          Violation.Kind.OVERHEARD,
          "shared although forbidden: " + truth.grants().forbidden());
    }
    Speech speech = new Speech(world, phones, truth);
    speech.check(said);
    new Rereading(world, truth, reasons, speech.log()).check(phones);
    new Secrets(world, phones, truth).check();
    new Bounds(world, phones, id).check();
    new Inquiry(world, truth, reasons).check(phones);
  }

  /** A process that crashes now comes back as it was, with its snapshot and without. */
  private void recovery() {
    GroupProcess process = world.backend().group(id);
    GroupLog lost = process.log();
    process.crash();
    if (!process.log().equals(lost)) {
      violated(Violation.Kind.RECOVERY, "another state after a crash");
    }
    byte[] stored = GroupSnapshotCodec.encode(lost);
    if (!GroupSnapshotCodec.decode(stored).equals(lost)) {
      violated(Violation.Kind.RECOVERY, "another state in the snapshot");
    }
  }

  private void audit() {
    List<Head> shown = new ArrayList<>();
    for (Phone phone : phones) {
      phone.read(memory -> memory.tables().groups().newestHead(id)).ifPresent(shown::add);
    }
    AuditReport report =
        new AuditReplay(id, new ReportSink() {}, shown).run(truth.rows().iterator());
    if (!report.sound()) {
      violated(Violation.Kind.AUDIT, report.findings().toString());
    }
  }

  private void rotations() {
    if (!truth.takenWithoutRotation().isEmpty()) {
      violated(Violation.Kind.ROTATION_SKIPPED, "offsets " + truth.takenWithoutRotation());
    }
    Group group = world.backend().group(id).log().group();
    if (group.epochs().delivered() != group.epoch().number()) {
      violated(
          Violation.Kind.KEYS_NOT_DELIVERED,
          "up to %d of %d".formatted(group.epochs().delivered(), group.epoch().number()));
    }
  }

  /** In the newest epoch of a group that goes on are all devices of its members, and no others. */
  private void rosters() {
    if (truth.isArchived()) {
      return;
    }
    Set<DeviceAddress> expected = devices.stream()
        .filter(device -> truth.members().contains(device.member()))
        .collect(Collectors.toSet());
    long epoch = world.backend().group(id).log().group().epoch().number();
    if (!truth.roster(epoch).equals(expected)) {
      violated(
          Violation.Kind.NOT_SETTLED,
          "in epoch %d are %s, and not %s".formatted(epoch, truth.roster(epoch), expected));
    }
  }

  /** Every manifest that a device holds is the log's. */
  private void manifests() {
    for (Phone phone : phones) {
      truth.manifests().forEach((epoch, manifest) -> {
        Optional<EpochRow> held = phone.read(memory -> memory.tables().epochs().find(id, epoch));
        if (held.isPresent() && !held.get().manifest().hash().equals(manifest.hash())) {
          violated(Violation.Kind.MANIFEST, phone.self() + " in epoch " + epoch);
        }
      });
    }
  }

  /**
   * Who is in the group has read everything that was said in its epochs; who is out has read a
   * beginning of that. Everybody read the same.
   */
  private void reading() {
    Group group = world.backend().group(id).log().group();
    Map<Long, Ears.Heard> common = new HashMap<>();
    for (Phone phone : phones) {
      DeviceAddress self = phone.self();
      List<Long> expected = truth.readable(self);
      Set<Long> known = Set.copyOf(expected);
      List<Long> heard =
          phone.ears().heard(id).keySet().stream().filter(known::contains).toList();
      boolean inside = group.has(self.member()) && devices.contains(self);
      List<Long> owed =
          inside ? expected : expected.subList(0, Math.min(heard.size(), expected.size()));
      if (!heard.equals(owed)) {
        violated(
            Violation.Kind.UNREAD,
            "%s (%s) heard %d of %d, in: %s, first difference: %s"
                .formatted(
                    self,
                    inside ? "in" : "out",
                    heard.size(),
                    expected.size(),
                    phone.isIn(id),
                    difference(owed, heard)));
      }
      phone.ears().heard(id).forEach((offset, what) -> compare(common, phone, offset, what));
    }
  }

  private void compare(Map<Long, Ears.Heard> common, Phone phone, long offset, Ears.Heard what) {
    if (!what.readable()) {
      Set<UnreadableReason> right = reasons.told(phone.self(), offset);
      if (!right.contains(UnreadableReason.valueOf(what.text()))) {
        violated(
            Violation.Kind.UNREADABLE,
            "%s at %d: %s, and not one of %s".formatted(phone.self(), offset, what.text(), right));
      }
      return;
    }
    if (!reasons.mayRead(phone.self(), offset)) {
      violated(Violation.Kind.OVERHEARD, "%s at %d".formatted(phone.self(), offset));
    }
    Ears.Heard first = common.putIfAbsent(offset, what);
    if (first != null && !first.equals(what)) {
      violated(Violation.Kind.MISHEARD, "at %d: %s and %s".formatted(offset, first, what));
    }
  }

  private static Optional<Long> difference(List<Long> owed, List<Long> heard) {
    for (int i = 0; i < Math.max(owed.size(), heard.size()); i++) {
      long expected = i < owed.size() ? owed.get(i) : -1;
      long actual = i < heard.size() ? heard.get(i) : -1;
      if (expected != actual) {
        return Optional.of(expected < 0 ? actual : expected);
      }
    }
    return Optional.empty();
  }

  private void violated(Violation.Kind kind, String what) {
    world.violated(kind, id + ": " + what);
  }

  /** What senders were told holds, and each sender is heard in the order in which it spoke. */
  private record Speech(World world, List<Phone> phones, Truth truth) {

    /** What was heard by whoever could. */
    Map<Long, String> log() {
      Map<Long, String> log = new HashMap<>();
      phones.forEach(phone -> phone.ears().heard(truth.group()).forEach((offset, what) -> {
        if (what.readable()) {
          log.put(offset, what.text());
        }
      }));
      return log;
    }

    void check(List<Said> said) {
      Map<Long, String> log = log();
      for (Said message : said) {
        Optional<Receipt> taken =
            message.group().equals(truth.group()) ? message.taken() : Optional.empty();
        if (taken.isPresent() && !message.text().equals(log.get(taken.get().offset()))) {
          world.violated(
              Violation.Kind.LOST,
              "%s at %d: %s"
                  .formatted(
                      message.text(), taken.get().offset(), log.get(taken.get().offset())));
        }
      }
      order(log);
    }

    private void order(Map<Long, String> log) {
      Map<DeviceAddress, Long> last = new HashMap<>();
      truth.envelopes().forEach((offset, envelope) -> {
        String text = log.get(offset);
        if (text != null) {
          Long before = last.put(envelope.sender(), Said.number(text));
          if (before != null && before >= Said.number(text)) {
            world.violated(
                Violation.Kind.LOST, "%s after %d at %d".formatted(text, before, offset));
          }
        }
      });
    }
  }
}
