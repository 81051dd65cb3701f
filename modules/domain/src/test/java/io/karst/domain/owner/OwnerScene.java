package io.karst.domain.owner;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.GroupRules;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.walk.Fake;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The log of ada's own devices. Mutable: belongs to one test; its clock is moved by the test. */
final class OwnerScene {

  static final MemberId ADA = new MemberId("ada");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<GroupEvent> journal = new ArrayList<>();
  Group group = Group.empty(Fake.groupId("owner log of ada"));
  Instant now = START;

  /** With these devices, in version 1. */
  static OwnerScene of(String... devices) {
    var scene = new OwnerScene();
    scene.notes(list(1, devices));
    return scene;
  }

  static DeviceList list(long version, String... devices) {
    return list(ADA, version, devices);
  }

  static DeviceList list(MemberId member, long version, String... devices) {
    List<DeviceIdentity> identities = Arrays.stream(devices)
        .sorted()
        .map(device -> Fake.identity(new DeviceAddress(member, new DeviceId(device)), 1))
        .toList();
    return new DeviceList(
        member,
        version,
        version == 1 ? Bytes.EMPTY : Fake.bytes("list " + (version - 1), 32),
        identities,
        identities.get(0).device(),
        Fake.bytes("list signature " + version, 64));
  }

  Decision notes(DeviceList... lists) {
    return apply(GroupRules.decide(
        group, new GroupCommand.NoteOwnerDevices(group.owner().devices(), List.of(lists)), now));
  }

  /** Sends a message of ada's; answers what became of it. */
  Decision.Outcome sends(String device, String clientId, long version, String... to) {
    return sends(DeviceAddress.of("ada", device), message("ada", device, clientId, version, to));
  }

  Decision.Outcome sends(DeviceAddress by, OwnerMessage message) {
    var command = new GroupCommand.Append(List.of(GroupCommand.Submission.of(by, message)));
    var judged = (Decision.Judged) apply(GroupRules.decide(group, command, now));
    return judged.outcomes().get(0).get(0);
  }

  static OwnerMessage message(
      String member, String device, String clientId, long version, String... to) {
    return new OwnerMessage(
        DeviceAddress.of(member, device),
        new ClientId(Bytes.copyOf(clientId.getBytes(StandardCharsets.UTF_8))),
        version,
        Arrays.stream(to).sorted().map(OwnerScene::copy).toList(),
        Fake.bytes("signature " + device + clientId, 64));
  }

  static OwnerCopy copy(String to) {
    return new OwnerCopy(new DeviceId(to), 1, Fake.bytes("sealed to " + to, 40));
  }

  Decision apply(Decision decision) {
    decision.events().forEach(this::apply);
    return decision;
  }

  void apply(GroupEvent event) {
    group = group.evolve(event);
    journal.add(event);
  }

  Group replayed() {
    Group replayed = Group.empty(group.id());
    for (GroupEvent event : journal) {
      replayed = replayed.evolve(event);
    }
    return replayed;
  }

  Optional<DeviceList> devices() {
    return group.owner().devices();
  }
}
