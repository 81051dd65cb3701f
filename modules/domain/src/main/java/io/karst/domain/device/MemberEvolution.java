package io.karst.domain.device;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies events to a member's account, and throws at one that the rules could not have decided.
 */
record MemberEvolution(Member before) implements MemberEvent.Cases<Member> {

  @Override
  public Member memberRegistered(MemberEvent.MemberRegistered event) {
    DeviceList list = event.list();
    require(list.member().equals(before.id()), event);
    require(list.version() == 1 && list.devices().size() == 1, event);
    require(list.device(list.signer()).isPresent(), event);
    require(event.fallbackKey().fallback(), event);
    require(!before.registered() || event.role() == before.role(), event);
    require(!before.chain().hasUsed(list.signer()) && before.chain().canRetire(), event);
    requireOrder(event);
    return new Member(
        before.id(),
        before.chain().startingOver(list),
        event.role(),
        Map.of(list.signer(), Device.of(event.fallbackKey(), Bytes.EMPTY)),
        owed(before.groups()),
        event.at());
  }

  @Override
  public Member devicesChanged(MemberEvent.DevicesChanged event) {
    requireOrder(event);
    DeviceList list = event.list();
    DeviceList previous = before.deviceList().orElseThrow(() -> impossible(event));
    require(list.member().equals(before.id()), event);
    require(list.version() == previous.version() + 1, event);
    require(previous.device(list.signer()).isPresent(), event);
    require(before.chain().versions().size() < DeviceChain.VERSIONS_MAX, event);
    DeviceListChange change = DeviceListChange.between(previous, list);
    require(change.addsOne() || change.removesSome(), event);
    require(event.fallbackKey().size() == change.added().size(), event);
    var devices = new HashMap<>(before.devices());
    change.removed().forEach(devices::remove);
    for (DeviceIdentity added : change.added()) {
      SignedKey fallbackKey = event.fallbackKey().get(0);
      require(!before.chain().hasUsed(added.device()) && fallbackKey.fallback(), event);
      require(event.linkProof().length() == Device.LINK_PROOF_LENGTH, event);
      devices.put(added.device(), Device.of(fallbackKey, event.linkProof()));
    }
    return new Member(
        before.id(),
        before.chain().plus(list),
        before.role(),
        devices,
        owed(before.groups()),
        event.at());
  }

  @Override
  public Member groupNoticesChanged(MemberEvent.GroupNoticesChanged event) {
    require(before.registered(), event);
    requireOrder(event);
    require(before.owed().containsAll(event.told()), event);
    Set<GroupId> owed = owed(event.owed());
    event.told().forEach(owed::remove);
    return before.withOwed(owed, event.at());
  }

  private Set<GroupId> owed(Collection<GroupId> more) {
    var owed = new HashSet<>(before.owed());
    owed.addAll(more);
    return owed;
  }

  @Override
  public Member oneTimeKeysAdded(MemberEvent.OneTimeKeysAdded event) {
    Device device = device(event.device(), event);
    List<SignedKey> keys = event.keys();
    require(!keys.isEmpty() && keys.get(0).keyId() > device.keys().watermark(), event);
    require(ascending(keys) && keys.stream().noneMatch(SignedKey::fallback), event);
    require(device.keys().oneTimeKeys().size() + keys.size() <= KeyStock.ONE_TIME_KEYS_MAX, event);
    return with(event.device(), device.with(device.keys().plus(keys)), event.at());
  }

  @Override
  public Member fallbackKeyReplaced(MemberEvent.FallbackKeyReplaced event) {
    Device device = device(event.device(), event);
    require(event.key().fallback(), event);
    require(event.key().keyId() > device.keys().fallbackKey().keyId(), event);
    return with(
        event.device(), device.with(device.keys().withFallbackKey(event.key())), event.at());
  }

  @Override
  public Member oneTimeKeyClaimed(MemberEvent.OneTimeKeyClaimed event) {
    Device device = device(event.device(), event);
    require(device.keys().first().filter(key -> key.keyId() == event.keyId()).isPresent(), event);
    return with(event.device(), device.with(device.keys().withoutFirst()), event.at());
  }

  @Override
  public Member keysRanLow(MemberEvent.KeysRanLow event) {
    Device device = device(event.device(), event);
    require(device.keys().isLow() && !device.inbox().saysKeysLow(), event);
    require(device.keys().oneTimeKeys().size() == event.left(), event);
    return with(event.device(), device.with(device.inbox().plusKeysLow(event.left())), event.at());
  }

  @Override
  public Member sealedKeysTaken(MemberEvent.SealedKeysTaken event) {
    require(!event.keys().isEmpty() && event.epoch() >= 1, event);
    Member after = before;
    for (SealedKey key : event.keys()) {
      require(key.device().member().equals(before.id()), event);
      DeviceId id = key.device().device();
      Device device = new MemberEvolution(after).device(id, event);
      require(device.inbox().newestEpoch(event.group()) < event.epoch(), event);
      Inbox inbox = device.inbox().plus(event.group(), event.epoch(), event.committer(), key);
      after = after.with(id, device.with(inbox), event.at());
    }
    return after;
  }

  @Override
  public Member keyShareTold(MemberEvent.KeyShareTold event) {
    Device device = device(event.device(), event);
    require(device.inbox().isNew(event.share()), event);
    return with(event.device(), device.with(device.inbox().plus(event.share())), event.at());
  }

  @Override
  public Member keysRequested(MemberEvent.KeysRequested event) {
    DeviceAddress asked = event.request().opening().device();
    require(asked.member().equals(before.id()), event);
    Device device = device(asked.device(), event);
    require(device.inbox().takes(event.request()), event);
    Inbox inbox = device.inbox().plus(event.request());
    return with(asked.device(), device.with(inbox), event.at());
  }

  @Override
  public Member inboxAcknowledged(MemberEvent.InboxAcknowledged event) {
    Device device = device(event.device(), event);
    require(event.upToSequence() <= device.inbox().lastSequence(), event);
    require(device.inbox().holdsUpTo(event.upToSequence()), event);
    Inbox inbox = device.inbox().without(event.upToSequence());
    return with(event.device(), device.with(inbox), event.at());
  }

  private Member with(DeviceId device, Device changed, Instant at) {
    return before.with(device, changed, at);
  }

  private Device device(DeviceId id, MemberEvent event) {
    requireOrder(event);
    return before.device(id).orElseThrow(() -> impossible(event));
  }

  private void requireOrder(MemberEvent event) {
    require(!event.at().isBefore(before.lastAt()), event);
  }

  private static boolean ascending(List<SignedKey> keys) {
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i - 1).keyId() >= keys.get(i).keyId()) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean possible, MemberEvent event) {
    if (!possible) {
      throw impossible(event);
    }
  }

  private static IllegalStateException impossible(MemberEvent event) {
    return new IllegalStateException("impossible event: " + event.getClass().getSimpleName());
  }
}
