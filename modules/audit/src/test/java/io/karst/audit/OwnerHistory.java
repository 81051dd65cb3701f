package io.karst.audit;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupRules;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.history.TestDevice;
import io.karst.journal.log.GroupLog;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.entry.EntryLeaves;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.OwnerHeader;
import io.karst.proof.statement.OwnerStatements;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The log that ada's own devices share. Mutable, for one test. */
final class OwnerHistory {

  static final MemberId ADA = new MemberId("ada");
  static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

  final TestDevice laptop = new TestDevice("ada", "laptop");
  final TestDevice phone = new TestDevice("ada", "phone");
  final TestDevice tablet = new TestDevice("ada", "tablet");
  final GroupId id = DeviceStatements.ownerLogId(ADA);
  private final List<byte[]> stored = new ArrayList<>();
  private GroupLog log = GroupLog.empty(id);

  /** The next version, signed. */
  DeviceList next(TestDevice signer, TestDevice... devices) {
    return log.group()
        .owner()
        .devices()
        .map(list -> list(list.version() + 1, DeviceLists.hash(list), signer, devices))
        .orElseGet(() -> list(1, Bytes.EMPTY, signer, devices));
  }

  /** A version that begins a chain. */
  DeviceList anew(TestDevice... devices) {
    return list(1, Bytes.EMPTY, devices[0], devices);
  }

  private static DeviceList list(
      long version, Bytes previous, TestDevice signer, TestDevice... devices) {
    List<DeviceIdentity> identities = Arrays.stream(devices)
        .map(TestDevice::identity)
        .sorted(Comparator.comparing(DeviceIdentity::device))
        .toList();
    var statement = DeviceStatements.deviceList(ADA, version, previous, identities);
    return new DeviceList(
        ADA, version, previous, identities, signer.address().device(), signer.sign(statement));
  }

  OwnerMessage message(TestDevice by, String clientId, TestDevice... to) {
    return message(by, by, clientId, to);
  }

  /** A message in the name of one device, signed by another. */
  OwnerMessage message(TestDevice by, TestDevice signer, String clientId, TestDevice... to) {
    var id = new ClientId(Bytes.copyOf(clientId.getBytes(StandardCharsets.UTF_8)));
    long version = log.group().owner().devices().orElseThrow().version();
    List<OwnerCopy> copies = Arrays.stream(to)
        .map(device -> device.address().device())
        .sorted()
        .map(OwnerHistory::copy)
        .toList();
    var statement =
        OwnerStatements.message(by.address(), id, version, OwnerHeader.hashesOf(copies));
    return new OwnerMessage(by.address(), id, version, copies, signer.sign(statement));
  }

  private static OwnerCopy copy(DeviceId to) {
    Bytes sealed = Bytes.copyOf(("sealed to " + to).getBytes(StandardCharsets.UTF_8));
    return new OwnerCopy(to, 1, sealed);
  }

  /** Writes what the rules decide. */
  OwnerHistory notes(DeviceList list) {
    return performs(
        new GroupCommand.NoteOwnerDevices(log.group().owner().devices(), List.of(list)));
  }

  OwnerHistory sends(OwnerMessage message) {
    var submission = GroupCommand.Submission.of(message.sender(), message);
    return performs(new GroupCommand.Append(List.of(submission)));
  }

  private OwnerHistory performs(GroupCommand command) {
    for (StoredRecord record :
        log.recordAll(GroupRules.decide(log.group(), command, AT).events())) {
      stored.add(new GroupRecordCodec(id).encode(record));
      log = log.evolve(record);
    }
    return this;
  }

  /** The log with an event behind it that no rule has seen, with right offset and root. */
  List<byte[]> forged(GroupEvent event) {
    var leaves = event.match(new EntryLeaves(id, log.group().size(), 0));
    Bytes root = log.frontier().append(leaves).root();
    var record = new StoredRecord(log.group().size(), event.at(), 0, root, event);
    List<byte[]> all = new ArrayList<>(stored);
    all.add(new GroupRecordCodec(id).encode(record));
    return all;
  }

  List<byte[]> stored() {
    return List.copyOf(stored);
  }

  AuditReport audit(List<byte[]> records) {
    return new AuditReplay(id, new CollectedRows()).run(records.iterator());
  }
}
