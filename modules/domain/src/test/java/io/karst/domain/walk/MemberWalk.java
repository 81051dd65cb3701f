package io.karst.domain.walk;

import static java.util.stream.Collectors.toMap;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.KeyStock;
import io.karst.domain.device.Member;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision;
import io.karst.domain.device.MemberEvent;
import io.karst.domain.device.MemberRules;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Walks an account through random commands: a seed makes the same walk every time.
 *
 * <p>Mutable: belongs to one test.
 */
public final class MemberWalk {

  /** What one step did; {@code after} follows from {@code before} and the decision's events. */
  public record Step(
      Member before, MemberCommand command, Instant now, MemberDecision decision, Member after) {}

  private static final MemberId ID = new MemberId("alice");
  private static final DeviceAddress PHONE = DeviceAddress.of("alice", "phone");
  private static final List<DeviceAddress> DEVICES = List.of(
      PHONE,
      PHONE,
      PHONE,
      PHONE,
      PHONE,
      PHONE,
      PHONE,
      PHONE,
      DeviceAddress.of("alice", "tablet"),
      DeviceAddress.of("bob", "phone"));

  private final Random random;
  private final Pick pick;
  private final Map<GroupId, Long> epochs = new HashMap<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long nextKeyId;
  private long shares;
  private int linked;
  private Member member = Member.empty(ID);

  public MemberWalk(long seed) {
    random = new Random(seed);
    pick = new Pick(random);
  }

  public Step step() {
    boolean back = pick.oneIn(20);
    now = now.plus(Duration.ofNanos(random.nextLong(2_000_000_000L)).multipliedBy(back ? -5 : 1));
    Member before = member;
    MemberCommand command = command();
    MemberDecision decision = MemberRules.decide(before, command, now);
    for (MemberEvent event : decision.events()) {
      member = member.evolve(event);
    }
    return new Step(before, command, now, decision, member);
  }

  private MemberCommand command() {
    int dice = random.nextInt(100);
    if (pick.oneIn(60)) {
      return devices();
    }
    if (dice < (member.registered() ? 2 : 20)) {
      return register();
    }
    if (dice < 30) {
      return new MemberCommand.UploadKeys(anyDevice(), keys(), fallbackKey());
    }
    if (dice < 70) {
      return new MemberCommand.ClaimKey(anyDevice(), DeviceAddress.of("bob", "phone"));
    }
    if (dice < 76) {
      return keyShare();
    }
    if (dice < 80) {
      return keyRequest();
    }
    return dice < 95 ? sealedKeys() : acknowledgement();
  }

  /** Some change of the device list, most of them right; or a group's word that it knows it. */
  private MemberCommand devices() {
    Optional<DeviceList> newest = member.deviceList();
    if (newest.isEmpty() || pick.oneIn(8)) {
      return pick.oneIn(3)
          ? new MemberCommand.StartOver((MemberCommand.Register) register())
          : startOver();
    }
    DeviceList list = newest.get();
    if (pick.oneIn(4)) {
      List<GroupId> told = new ArrayList<>(member.owed());
      told.add(Fake.groupId("unknown"));
      DeviceList known = pick.oneIn(4) ? member.chain().versions().get(0) : list;
      return new MemberCommand.MarkTold(known, told);
    }
    return pick.oneIn(2) ? link(list) : unlink(list);
  }

  private MemberCommand keyShare() {
    GroupId group = Fake.groupId("g" + random.nextInt(20));
    long offset = ++shares - (pick.oneIn(8) ? Math.min(shares - 1, random.nextInt(40)) : 0);
    var share = new ToldShare(group, offset, DeviceAddress.of("bob", "phone"), 1, 2);
    return new MemberCommand.TakeKeyShare(anyDevice(), share);
  }

  private MemberCommand keyRequest() {
    GroupId group = Fake.groupId("g" + random.nextInt(20));
    var by = DeviceAddress.of("bob", pick.oneIn(2) ? "phone" : "tablet");
    var opening = Fake.sealedKey(anyDevice(), 1);
    return new MemberCommand.TakeKeyRequest(new KeyRequest(group, by, 1, 2, opening));
  }

  private MemberCommand startOver() {
    String device = "new-" + linked++;
    DeviceList first = new Directory().register("alice", device).list(ID);
    return new MemberCommand.StartOver(new MemberCommand.Register(
        DeviceAddress.of("alice", device), first, member.role(), List.of(), Fake.fallbackKey(0)));
  }

  private MemberCommand link(DeviceList list) {
    var devices = new ArrayList<>(list.devices());
    if (devices.size() < DeviceList.DEVICES_MAX) {
      String name = pick.oneIn(8) ? "phone" : "linked-" + linked++;
      devices.add(Fake.identity(DeviceAddress.of("alice", name), 2));
    }
    SignedKey key = pick.oneIn(10) ? Fake.oneTimeKey(0) : Fake.fallbackKey(0);
    Bytes proof = pick.oneIn(10) ? Bytes.EMPTY : Fake.bytes("proof", 32);
    return change(list, devices, List.of(key), proof);
  }

  private MemberCommand unlink(DeviceList list) {
    var devices = new ArrayList<>(list.devices());
    devices.remove(random.nextInt(devices.size()));
    return change(
        list,
        devices.isEmpty() ? list.devices() : devices,
        pick.oneIn(10) ? List.of(Fake.fallbackKey(0)) : List.of(),
        Bytes.EMPTY);
  }

  private MemberCommand change(
      DeviceList list, List<DeviceIdentity> devices, List<SignedKey> key, Bytes proof) {
    DeviceAddress by = pick.oneIn(15)
        ? pick.from(DEVICES)
        : new DeviceAddress(ID, pick.from(list.devices()).device());
    List<DeviceIdentity> ascending = devices.stream()
        .collect(toMap(DeviceIdentity::device, d -> d, (a, b) -> a, TreeMap::new))
        .values()
        .stream()
        .toList();
    DeviceList next = new DeviceList(
        ID,
        list.version() + (pick.oneIn(15) ? 2 : 1),
        Fake.bytes("list " + list.version(), 32),
        ascending,
        by.device(),
        Fake.bytes("list signature " + list.version() + linked, 64));
    DeviceList previous = pick.oneIn(10) ? pick.from(member.chain().versions()) : list;
    return new MemberCommand.ChangeDevices(by, previous, next, key, proof);
  }

  private MemberCommand register() {
    DeviceAddress by = pick.from(DEVICES);
    var directory = new Directory().register("alice", "phone").register("bob", "phone");
    if (pick.oneIn(8)) {
      directory.register("alice", "phone", "tablet");
    }
    DeviceList list = directory.list(new MemberId(pick.oneIn(8) ? "bob" : "alice"));
    SignedKey fallback = pick.oneIn(8) ? Fake.oneTimeKey(0) : Fake.fallbackKey(0);
    AccountRole role = pick.from(List.of(AccountRole.values()));
    return new MemberCommand.Register(by, list, role, keys(), fallback);
  }

  /** The next ids mostly; some used before, some with other bytes, some flagged as fallback. */
  private List<SignedKey> keys() {
    var keys = new ArrayList<SignedKey>();
    int count = random.nextInt(pick.oneIn(10) ? KeyStock.ONE_TIME_KEYS_MAX + 10 : 15);
    for (int i = 0; i < count; i++) {
      long id = nextKeyId++;
      switch (random.nextInt(60)) {
        case 0 -> keys.add(Fake.oneTimeKey(Math.max(0, id - random.nextInt(200))));
        case 1 -> keys.add(other(Fake.oneTimeKey(Math.max(0, id - random.nextInt(30)))));
        case 2 -> keys.add(Fake.fallbackKey(id));
        case 3 -> keys.add(Fake.oneTimeKey(id + random.nextInt(5)));
        default -> keys.add(Fake.oneTimeKey(id));
      }
    }
    if (pick.oneIn(5)) {
      Collections.shuffle(keys, random);
    }
    nextKeyId -= pick.oneIn(4) ? Math.min(nextKeyId, count) : 0;
    return keys;
  }

  private List<SignedKey> fallbackKey() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> List.of(Fake.fallbackKey(nextKeyId++));
      case 3 -> List.of(Fake.fallbackKey(Math.max(0, nextKeyId - random.nextInt(20))));
      case 4 -> List.of(Fake.oneTimeKey(nextKeyId));
      case 5 ->
        member
            .device(PHONE.device())
            .map(device -> device.keys().fallbackKey())
            .map(key -> List.of(random.nextBoolean() ? key : other(key)))
            .orElse(List.of());
      default -> List.of();
    };
  }

  private static SignedKey other(SignedKey key) {
    return new SignedKey(
        key.keyId(), Fake.bytes("other", 32), key.fallback(), Fake.bytes("other", 64));
  }

  private MemberCommand sealedKeys() {
    GroupId group = Fake.groupId("g" + random.nextInt(20));
    long newest = epochs.merge(group, (long) random.nextInt(3), Long::sum);
    long epoch = Math.max(1, pick.oneIn(8) ? newest - 1 : newest);
    var keys = new ArrayList<SealedKey>();
    for (DeviceId device : member.devices().keySet().stream().sorted().toList()) {
      if (!pick.oneIn(12)) {
        keys.add(Fake.sealedKey(new DeviceAddress(ID, device), epoch));
      }
    }
    if (pick.oneIn(10)) {
      keys.add(Fake.sealedKey(pick.from(DEVICES), epoch));
    }
    return new MemberCommand.TakeSealedKeys(group, epoch, DeviceAddress.of("bob", "phone"), keys);
  }

  /** A device of the member mostly. */
  private DeviceAddress anyDevice() {
    List<DeviceId> own = member.devices().keySet().stream().sorted().toList();
    return own.isEmpty() || pick.oneIn(12)
        ? pick.from(DEVICES)
        : new DeviceAddress(ID, pick.from(own));
  }

  private MemberCommand acknowledgement() {
    DeviceAddress by = anyDevice();
    long last = member.device(by.device()).map(d -> d.inbox().lastSequence()).orElse(0L);
    long upTo = pick.oneIn(10) ? last + 1 : last - random.nextInt(30);
    return new MemberCommand.AcknowledgeInbox(by, upTo);
  }
}
