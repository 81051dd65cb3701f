package io.karst.domain.walk;

import io.karst.domain.device.AccountRole;
import io.karst.domain.device.Device;
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
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an account with one device should decide, written down as plainly as possible.
 *
 * <p>It remembers every key that it ever took. It predicts the whole decision and then believes
 * that the events were written. Mutable: belongs to one walk.
 */
public final class MemberModel implements MemberCommand.Cases<MemberDecision> {

  private final MemberId id;
  private final Set<DeviceList> lists = new HashSet<>();
  private final Set<DeviceAddress> devices = new HashSet<>();
  private final Map<Long, SignedKey> everTaken = new TreeMap<>();
  private final Set<Long> handedOut = new HashSet<>();
  private final List<SignedKey> fallbackKeys = new ArrayList<>();
  private final Map<GroupId, Long> newestEpochs = new HashMap<>();
  private final List<InboxItem> everQueued = new ArrayList<>();
  private final Set<Long> gone = new HashSet<>();
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
    compare(found, "lists", Set.copyOf(member.lists()), lists);
    compare(found, "role", member.role(), role);
    compare(found, "last at", member.lastAt(), lastAt);
    for (Device device : member.devices().values()) {
      compare(found, "keys", device.keys().oneTimeKeys(), held());
      compare(found, "fallback", device.keys().fallbackKey(), newestFallback());
      compare(found, "inbox", device.inbox().items(), waiting());
      compare(found, "sequence", device.inbox().lastSequence(), (long) everQueued.size());
    }
    return found;
  }

  private static void compare(List<String> found, String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      found.add(what + " is " + actual + " and should be " + expected);
    }
  }

  @Override
  public MemberDecision register(MemberCommand.Register c) {
    if (!lists.isEmpty()) {
      return lists.contains(c.list())
          ? MemberDecision.accept()
          : MemberDecision.refuse(Reason.MEMBER_EXISTS);
    }
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
    List<KeyRefusal> refusals = judge(c.oneTimeKeys(), taken);
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
  public MemberDecision uploadKeys(MemberCommand.UploadKeys c) {
    Optional<Reason> unknown = unknown(c.by());
    if (unknown.isPresent()) {
      return MemberDecision.refuse(unknown.get());
    }
    if (c.oneTimeKeys().size() > 100) {
      return MemberDecision.refuse(Reason.TOO_MANY_ITEMS);
    }
    var events = new ArrayList<MemberEvent>();
    var taken = new ArrayList<SignedKey>();
    var refusals = new ArrayList<>(judge(c.oneTimeKeys(), taken));
    if (!taken.isEmpty()) {
      events.add(new MemberEvent.OneTimeKeysAdded(c.by().device(), taken, at));
    }
    for (SignedKey key : c.fallbackKey()) {
      long newest = newestFallback().keyId();
      if (!key.fallback()) {
        refusals.add(new KeyRefusal(key.keyId(), Reason.KEY_INVALID));
      } else if (key.keyId() > newest) {
        events.add(new MemberEvent.FallbackKeyReplaced(c.by().device(), key, at));
      } else if (key.keyId() < newest) {
        refusals.add(new KeyRefusal(key.keyId(), Reason.ONE_TIME_KEY_USED));
      } else if (!key.equals(newestFallback())) {
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
    List<SignedKey> held = held();
    var events = new ArrayList<MemberEvent>();
    SignedKey key = held.isEmpty() ? newestFallback() : held.get(0);
    int left = Math.max(0, held.size() - 1);
    if (!held.isEmpty()) {
      events.add(
          new MemberEvent.OneTimeKeyClaimed(c.device().device(), c.claimant(), key.keyId(), at));
    }
    if (left <= 10 && waiting().stream().noneMatch(InboxItem.KeysLow.class::isInstance)) {
      events.add(new MemberEvent.KeysRanLow(c.device().device(), left, at));
    }
    return new MemberDecision.Claimed(events, key);
  }

  @Override
  public MemberDecision takeSealedKeys(MemberCommand.TakeSealedKeys c) {
    if (lists.isEmpty()) {
      return MemberDecision.refuse(Reason.MEMBER_NOT_FOUND);
    }
    boolean fresh = newestEpochs.getOrDefault(c.group(), 0L) < c.epoch();
    List<SealedKey> own =
        c.keys().stream().filter(key -> devices.contains(key.device())).limit(1).toList();
    return own.isEmpty() || !fresh
        ? MemberDecision.accept()
        : MemberDecision.accept(
            new MemberEvent.SealedKeysTaken(c.group(), c.epoch(), c.committer(), own, at));
  }

  @Override
  public MemberDecision acknowledgeInbox(MemberCommand.AcknowledgeInbox c) {
    Optional<Reason> unknown = unknown(c.by());
    if (unknown.isPresent()) {
      return MemberDecision.refuse(unknown.get());
    }
    if (c.upToSequence() < 0 || c.upToSequence() > everQueued.size()) {
      return MemberDecision.refuse(Reason.ACKNOWLEDGEMENT_AHEAD);
    }
    boolean any = waiting().stream().anyMatch(item -> item.sequence() <= c.upToSequence());
    return any
        ? MemberDecision.accept(
            new MemberEvent.InboxAcknowledged(c.by().device(), c.upToSequence(), at))
        : MemberDecision.accept();
  }

  private Optional<Reason> unknown(DeviceAddress address) {
    if (lists.isEmpty() || !address.member().equals(id)) {
      return Optional.of(Reason.MEMBER_NOT_FOUND);
    }
    return devices.contains(address) ? Optional.empty() : Optional.of(Reason.DEVICE_NOT_FOUND);
  }

  /** Puts the keys that are taken into {@code taken}; answers the others. */
  private List<KeyRefusal> judge(List<SignedKey> uploaded, List<SignedKey> taken) {
    var refusals = new ArrayList<KeyRefusal>();
    long highest = everTaken.keySet().stream().mapToLong(Long::longValue).max().orElse(-1);
    Map<Long, SignedKey> held = new HashMap<>();
    held().forEach(key -> held.put(key.keyId(), key));
    for (SignedKey key : sorted(uploaded)) {
      Optional<Reason> reason = Optional.empty();
      if (key.fallback()) {
        reason = Optional.of(Reason.KEY_INVALID);
      } else if (held.containsKey(key.keyId())) {
        boolean same = key.equals(held.get(key.keyId()));
        reason = same ? Optional.empty() : Optional.of(Reason.ONE_TIME_KEY_CONFLICT);
      } else if (key.keyId() <= highest) {
        reason = Optional.of(Reason.ONE_TIME_KEY_USED);
      } else if (held.size() >= 100) {
        reason = Optional.of(Reason.ONE_TIME_KEYS_FULL);
      } else {
        held.put(key.keyId(), key);
        taken.add(key);
      }
      reason.ifPresent(r -> refusals.add(new KeyRefusal(key.keyId(), r)));
    }
    return refusals;
  }

  private static List<SignedKey> sorted(List<SignedKey> keys) {
    return keys.stream().sorted(Comparator.comparingLong(SignedKey::keyId)).toList();
  }

  private List<SignedKey> held() {
    return everTaken.values().stream()
        .filter(k -> !handedOut.contains(k.keyId()))
        .toList();
  }

  private SignedKey newestFallback() {
    return fallbackKeys.get(fallbackKeys.size() - 1);
  }

  private List<InboxItem> waiting() {
    return everQueued.stream().filter(item -> !gone.contains(item.sequence())).toList();
  }

  private void believe(MemberEvent event) {
    lastAt = event.at();
    if (event instanceof MemberEvent.MemberRegistered registered) {
      lists.add(registered.list());
      role = registered.role();
      devices.add(new DeviceAddress(id, registered.list().signer()));
      fallbackKeys.add(registered.fallbackKey());
    } else if (event instanceof MemberEvent.OneTimeKeysAdded added) {
      added.keys().forEach(key -> everTaken.put(key.keyId(), key));
    } else if (event instanceof MemberEvent.FallbackKeyReplaced replaced) {
      fallbackKeys.add(replaced.key());
    } else if (event instanceof MemberEvent.OneTimeKeyClaimed claimed) {
      handedOut.add(claimed.keyId());
    } else if (event instanceof MemberEvent.KeysRanLow low) {
      queue(new InboxItem.KeysLow(everQueued.size() + 1L, low.left()));
    } else if (event instanceof MemberEvent.SealedKeysTaken taken) {
      newestEpochs.put(taken.group(), taken.epoch());
      SealedKey key = taken.keys().get(0);
      long sequence = everQueued.size() + 1L;
      queue(new InboxItem.SealedEpochKey(
          sequence, taken.group(), taken.epoch(), taken.committer(), key));
    } else if (event instanceof MemberEvent.InboxAcknowledged acknowledged) {
      everQueued.stream()
          .map(InboxItem::sequence)
          .filter(sequence -> sequence <= acknowledged.upToSequence())
          .forEach(gone::add);
    }
  }

  private void queue(InboxItem item) {
    List<InboxItem> waiting = waiting();
    if (waiting.size() == 1000) {
      waiting.stream()
          .filter(InboxItem.SealedEpochKey.class::isInstance)
          .findFirst()
          .ifPresent(oldest -> gone.add(oldest.sequence()));
    }
    everQueued.add(item);
  }
}
