package io.karst.domain.walk;

import io.karst.domain.device.AccountRole;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.InboxItem;
import io.karst.domain.device.Member;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision;
import io.karst.domain.device.MemberDecision.KeyRefusal;
import io.karst.domain.device.MemberEvent;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an account should decide, written down as plainly as possible.
 *
 * <p>It remembers everything. It predicts the whole decision and then believes that the events were
 * written. Mutable: belongs to one walk.
 */
public final class MemberModel implements MemberCommand.Cases<MemberDecision> {

  private final MemberId id;
  private final List<DeviceList> lists = new ArrayList<>();
  private final Set<DeviceId> everUsed = new HashSet<>();
  private final Map<DeviceId, DeviceModel> devices = new TreeMap<>();
  private final Set<GroupId> owed = new HashSet<>();
  private AccountRole role = AccountRole.MEMBER;
  private Instant lastAt = Instant.EPOCH;
  private Instant at = Instant.EPOCH;

  public MemberModel(MemberId id) {
    this.id = id;
  }

  /** What the rules should decide. */
  public MemberDecision decide(MemberCommand command, Instant now) {
    Instant millis = Instant.ofEpochMilli(now.toEpochMilli());
    at = millis.isAfter(lastAt) ? millis : lastAt;
    MemberDecision decision = command.match(this);
    decision.events().forEach(this::believe);
    return decision;
  }

  /** In what an account's state disagrees with the model. */
  public List<String> differences(Member member) {
    var found = new ArrayList<String>();
    DeviceModel.compare(found, "lists", member.chain().versions(), lists);
    DeviceModel.compare(found, "role", member.role(), role);
    DeviceModel.compare(found, "last at", member.lastAt(), lastAt);
    DeviceModel.compare(found, "owed", member.owed(), owed);
    DeviceModel.compare(found, "devices", member.devices().keySet(), devices.keySet());
    devices.forEach(
        (device, model) -> found.addAll(model.differences(member.device(device).orElseThrow())));
    return found;
  }

  @Override
  public MemberDecision register(MemberCommand.Register c) {
    if (!lists.isEmpty()) {
      return newest().equals(c.list())
          ? MemberDecision.accept()
          : MemberDecision.refuse(Reason.MEMBER_EXISTS);
    }
    return begin(c);
  }

  @Override
  public MemberDecision startOver(MemberCommand.StartOver c) {
    MemberCommand.Register registration = c.registration();
    if (lists.isEmpty()) {
      return MemberDecision.refuse(Reason.MEMBER_NOT_FOUND);
    }
    if (newest().equals(registration.list())) {
      return MemberDecision.accept();
    }
    if (everUsed.contains(registration.by().device())) {
      return MemberDecision.refuse(Reason.DEVICE_ID_USED);
    }
    if (everUsed.size() > 1000) {
      return MemberDecision.refuse(Reason.DEVICE_LISTS_FULL);
    }
    return registration.role() == role
        ? begin(registration)
        : MemberDecision.refuse(Reason.ENROLMENT_INVALID);
  }

  private MemberDecision begin(MemberCommand.Register c) {
    DeviceList list = c.list();
    boolean own = c.by().member().equals(id) && list.member().equals(id);
    boolean single = list.version() == 1 && list.devices().size() == 1;
    boolean bySelf =
        list.signer().equals(c.by().device()) && list.device(c.by().device()).isPresent();
    if (!own || !single || !bySelf) {
      return MemberDecision.refuse(Reason.DEVICE_LIST_INVALID);
    }
    if (c.oneTimeKeys().size() > 100) {
      return MemberDecision.refuse(Reason.TOO_MANY_ITEMS);
    }
    if (!c.fallbackKey().fallback()) {
      return MemberDecision.refuse(Reason.KEY_INVALID);
    }
    var taken = new ArrayList<SignedKey>();
    List<KeyRefusal> refusals = new DeviceModel(c.fallbackKey()).judge(c.oneTimeKeys(), taken);
    if (!refusals.isEmpty()) {
      return MemberDecision.refuse(refusals.get(0).reason());
    }
    var events = new ArrayList<MemberEvent>();
    events.add(new MemberEvent.MemberRegistered(list, c.role(), c.fallbackKey(), at));
    if (!taken.isEmpty()) {
      events.add(new MemberEvent.OneTimeKeysAdded(c.by().device(), taken, at));
    }
    return new MemberDecision.Accepted(events);
  }

  @Override
  public MemberDecision changeDevices(MemberCommand.ChangeDevices c) {
    Optional<Reason> unknown = unknown(c.by());
    if (unknown.isPresent()) {
      return MemberDecision.refuse(unknown.get());
    }
    if (newest().equals(c.next())) {
      return MemberDecision.accept();
    }
    if (!newest().equals(c.previous())) {
      return MemberDecision.refuse(Reason.DEVICE_LIST_STALE);
    }
    Set<DeviceIdentity> before = new HashSet<>(newest().devices());
    Set<DeviceIdentity> after = new HashSet<>(c.next().devices());
    boolean follows = c.next().member().equals(id)
        && c.next().version() == lists.size() + 1
        && c.next().signer().equals(c.by().device());
    boolean grows = after.containsAll(before) && after.size() == before.size() + 1;
    boolean shrinks = before.containsAll(after) && after.size() < before.size();
    boolean bare = c.fallbackKey().isEmpty() && c.linkProof().isEmpty();
    if (!follows || !(grows || (shrinks && bare))) {
      return MemberDecision.refuse(Reason.DEVICE_LIST_INVALID);
    }
    if (grows) {
      after.removeAll(before);
      if (everUsed.contains(after.iterator().next().device())) {
        return MemberDecision.refuse(Reason.DEVICE_ID_USED);
      }
    }
    if (lists.size() >= (grows ? 248 : 256)) {
      return MemberDecision.refuse(Reason.DEVICE_LISTS_FULL);
    }
    if (grows && c.fallbackKey().stream().noneMatch(SignedKey::fallback)) {
      return MemberDecision.refuse(Reason.KEY_INVALID);
    }
    return grows && c.linkProof().length() != 32
        ? MemberDecision.refuse(Reason.DEVICE_LIST_INVALID)
        : MemberDecision.accept(
            new MemberEvent.DevicesChanged(c.next(), c.fallbackKey(), c.linkProof(), at));
  }

  @Override
  public MemberDecision markTold(MemberCommand.MarkTold c) {
    List<GroupId> told = c.groups().stream().filter(owed::contains).distinct().toList();
    return lists.isEmpty() || !newest().equals(c.list()) || told.isEmpty()
        ? MemberDecision.accept()
        : MemberDecision.accept(new MemberEvent.GroupNoticesChanged(List.of(), told, at));
  }

  @Override
  public MemberDecision uploadKeys(MemberCommand.UploadKeys c) {
    Optional<Reason> unknown = unknown(c.by());
    if (unknown.isPresent()) {
      return MemberDecision.refuse(unknown.get());
    }
    if (c.oneTimeKeys().size() > 100) {
      return MemberDecision.refuse(Reason.TOO_MANY_ITEMS);
    }
    DeviceModel device = device(c.by().device());
    var events = new ArrayList<MemberEvent>();
    var taken = new ArrayList<SignedKey>();
    var refusals = new ArrayList<>(device.judge(c.oneTimeKeys(), taken));
    if (!taken.isEmpty()) {
      events.add(new MemberEvent.OneTimeKeysAdded(c.by().device(), taken, at));
    }
    SignedKey newest = device.newestFallback();
    for (SignedKey key : c.fallbackKey()) {
      if (!key.fallback()) {
        refusals.add(new KeyRefusal(key.keyId(), Reason.KEY_INVALID));
      } else if (key.keyId() > newest.keyId()) {
        events.add(new MemberEvent.FallbackKeyReplaced(c.by().device(), key, at));
      } else if (key.keyId() < newest.keyId()) {
        refusals.add(new KeyRefusal(key.keyId(), Reason.ONE_TIME_KEY_USED));
      } else if (!key.equals(newest)) {
        refusals.add(new KeyRefusal(key.keyId(), Reason.ONE_TIME_KEY_CONFLICT));
      }
    }
    return new MemberDecision.Uploaded(events, refusals);
  }

  @Override
  public MemberDecision claimKey(MemberCommand.ClaimKey c) {
    Optional<Reason> unknown = unknown(c.device());
    if (unknown.isPresent()) {
      return MemberDecision.refuse(unknown.get());
    }
    DeviceModel device = device(c.device().device());
    List<SignedKey> held = device.held();
    var events = new ArrayList<MemberEvent>();
    SignedKey key = held.isEmpty() ? device.newestFallback() : held.get(0);
    int left = Math.max(0, held.size() - 1);
    if (!held.isEmpty()) {
      events.add(
          new MemberEvent.OneTimeKeyClaimed(c.device().device(), c.claimant(), key.keyId(), at));
    }
    if (left <= 10 && device.waiting().stream().noneMatch(InboxItem.KeysLow.class::isInstance)) {
      events.add(new MemberEvent.KeysRanLow(c.device().device(), left, at));
    }
    return new MemberDecision.Claimed(events, key);
  }

  @Override
  public MemberDecision takeSealedKeys(MemberCommand.TakeSealedKeys c) {
    if (lists.isEmpty()) {
      return MemberDecision.refuse(Reason.MEMBER_NOT_FOUND);
    }
    Map<DeviceId, SealedKey> own = new HashMap<>();
    var fresh = new ArrayList<SealedKey>();
    for (SealedKey key : c.keys()) {
      DeviceId device = key.device().device();
      if (key.device().member().equals(id) && own.putIfAbsent(device, key) == null) {
        DeviceModel model = devices.get(device);
        if (model != null && model.newestEpochs.getOrDefault(c.group(), 0L) < c.epoch()) {
          fresh.add(key);
        }
      }
    }
    var events = new ArrayList<MemberEvent>();
    if (!fresh.isEmpty()) {
      events.add(new MemberEvent.SealedKeysTaken(c.group(), c.epoch(), c.committer(), fresh, at));
    }
    if (!own.keySet().equals(devices.keySet()) && !owed.contains(c.group())) {
      events.add(new MemberEvent.GroupNoticesChanged(List.of(c.group()), List.of(), at));
    }
    return new MemberDecision.Accepted(events);
  }

  @Override
  public MemberDecision takeKeyShare(MemberCommand.TakeKeyShare c) {
    if (lists.isEmpty()) {
      return MemberDecision.refuse(Reason.MEMBER_NOT_FOUND);
    }
    DeviceModel device = c.to().member().equals(id) ? devices.get(c.to().device()) : null;
    boolean fresh = device != null
        && device.newestShares.getOrDefault(c.share().group(), 0L) < c.share().offset();
    return fresh
        ? MemberDecision.accept(new MemberEvent.KeyShareTold(c.to().device(), c.share(), at))
        : MemberDecision.accept();
  }

  @Override
  public MemberDecision takeKeyRequest(MemberCommand.TakeKeyRequest c) {
    DeviceAddress asked = c.request().opening().device();
    Optional<Reason> unknown = unknown(asked);
    if (unknown.isPresent()) {
      return MemberDecision.refuse(unknown.get());
    }
    return device(asked.device()).takes(c.request())
        ? MemberDecision.accept(new MemberEvent.KeysRequested(c.request(), at))
        : MemberDecision.accept();
  }

  @Override
  public MemberDecision acknowledgeInbox(MemberCommand.AcknowledgeInbox c) {
    Optional<Reason> unknown = unknown(c.by());
    if (unknown.isPresent()) {
      return MemberDecision.refuse(unknown.get());
    }
    DeviceModel device = device(c.by().device());
    if (c.upToSequence() < 0 || c.upToSequence() > device.everQueued.size()) {
      return MemberDecision.refuse(Reason.ACKNOWLEDGEMENT_AHEAD);
    }
    boolean any = device.waiting().stream().anyMatch(item -> item.sequence() <= c.upToSequence());
    return any
        ? MemberDecision.accept(
            new MemberEvent.InboxAcknowledged(c.by().device(), c.upToSequence(), at))
        : MemberDecision.accept();
  }

  private Optional<Reason> unknown(DeviceAddress address) {
    if (lists.isEmpty() || !address.member().equals(id)) {
      return Optional.of(Reason.MEMBER_NOT_FOUND);
    }
    return devices.containsKey(address.device())
        ? Optional.empty()
        : Optional.of(Reason.DEVICE_NOT_FOUND);
  }

  private DeviceModel device(DeviceId device) {
    return Objects.requireNonNull(devices.get(device), device::value);
  }

  private DeviceList newest() {
    return lists.get(lists.size() - 1);
  }

  private void believe(MemberEvent event) {
    lastAt = event.at();
    if (event instanceof MemberEvent.MemberRegistered registered) {
      oweAllGroups();
      lists.clear();
      devices.clear();
      role = registered.role();
      list(registered.list(), List.of(registered.fallbackKey()));
    } else if (event instanceof MemberEvent.DevicesChanged changed) {
      oweAllGroups();
      devices.keySet().removeIf(device -> changed.list().device(device).isEmpty());
      list(changed.list(), changed.fallbackKey());
    } else if (event instanceof MemberEvent.GroupNoticesChanged notices) {
      owed.addAll(notices.owed());
      notices.told().forEach(owed::remove);
    } else if (event instanceof MemberEvent.OneTimeKeysAdded added) {
      added.keys().forEach(key -> device(added.device()).everTaken.put(key.keyId(), key));
    } else if (event instanceof MemberEvent.FallbackKeyReplaced replaced) {
      device(replaced.device()).fallbackKeys.add(replaced.key());
    } else if (event instanceof MemberEvent.OneTimeKeyClaimed claimed) {
      device(claimed.device()).handedOut.add(claimed.keyId());
    } else if (event instanceof MemberEvent.KeysRanLow low) {
      device(low.device()).queue(sequence -> new InboxItem.KeysLow(sequence, low.left()));
    } else if (event instanceof MemberEvent.SealedKeysTaken taken) {
      taken.keys().forEach(key -> queue(taken, key));
    } else if (event instanceof MemberEvent.KeyShareTold told) {
      device(told.device()).queue(told.share());
    } else if (event instanceof MemberEvent.KeysRequested requested) {
      device(requested.request().opening().device().device())
          .queue(sequence -> new InboxItem.KeysRequested(sequence, requested.request()));
    } else if (event instanceof MemberEvent.InboxAcknowledged acknowledged) {
      DeviceModel device = device(acknowledged.device());
      device.everQueued.stream()
          .map(InboxItem::sequence)
          .filter(sequence -> sequence <= acknowledged.upToSequence())
          .forEach(device.gone::add);
    }
  }

  private void oweAllGroups() {
    devices.values().forEach(device -> {
      owed.addAll(device.newestEpochs.keySet());
      owed.addAll(device.newestShares.keySet());
    });
  }

  private void list(DeviceList list, List<SignedKey> fallbackKey) {
    lists.add(list);
    for (DeviceIdentity device : list.devices()) {
      if (everUsed.add(device.device())) {
        devices.put(device.device(), new DeviceModel(fallbackKey.get(0)));
      }
    }
  }

  private void queue(MemberEvent.SealedKeysTaken taken, SealedKey key) {
    DeviceModel device = device(key.device().device());
    device.newestEpochs.put(taken.group(), taken.epoch());
    device.queue(sequence -> new InboxItem.SealedEpochKey(
        sequence, taken.group(), taken.epoch(), taken.committer(), key));
  }
}
