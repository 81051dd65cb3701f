package io.karst.domain.walk;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.Device;
import io.karst.domain.device.InboxItem;
import io.karst.domain.device.MemberDecision.KeyRefusal;
import io.karst.domain.device.SignedKey;
import io.karst.domain.history.KeyRequest;
import io.karst.domain.history.ToldShare;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** The part of the model that is one device: every key it ever took, every item it ever queued. */
final class DeviceModel {

  final Map<Long, SignedKey> everTaken = new TreeMap<>();
  final Set<Long> handedOut = new HashSet<>();
  final List<SignedKey> fallbackKeys = new ArrayList<>();
  final Map<GroupId, Long> newestEpochs = new HashMap<>();
  final Map<GroupId, Long> newestShares = new HashMap<>();
  final List<InboxItem> everQueued = new ArrayList<>();
  final Set<Long> gone = new HashSet<>();

  DeviceModel(SignedKey fallbackKey) {
    fallbackKeys.add(fallbackKey);
  }

  /** In what a device's state disagrees with the model. */
  List<String> differences(Device device) {
    var found = new ArrayList<String>();
    compare(found, "keys", device.keys().oneTimeKeys(), held());
    compare(found, "fallback", device.keys().fallbackKey(), newestFallback());
    compare(found, "past fallback", device.keys().pastFallbackKeys(), pastFallbackKeys());
    compare(found, "inbox", device.inbox().items(), waiting());
    compare(found, "sequence", device.inbox().lastSequence(), (long) everQueued.size());
    return found;
  }

  static void compare(List<String> found, String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      found.add(what + " is " + actual + " and should be " + expected);
    }
  }

  /** Puts the keys that are taken into {@code taken}; answers the others. */
  List<KeyRefusal> judge(List<SignedKey> uploaded, List<SignedKey> taken) {
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

  List<SignedKey> held() {
    return everTaken.values().stream()
        .filter(k -> !handedOut.contains(k.keyId()))
        .toList();
  }

  SignedKey newestFallback() {
    return fallbackKeys.get(fallbackKeys.size() - 1);
  }

  List<Bytes> pastFallbackKeys() {
    int replaced = fallbackKeys.size() - 1;
    return fallbackKeys.subList(Math.max(0, replaced - 16), replaced).stream()
        .map(SignedKey::curve25519Key)
        .toList();
  }

  List<InboxItem> waiting() {
    return everQueued.stream().filter(item -> !gone.contains(item.sequence())).toList();
  }

  /** Whether a question for keys finds room. */
  boolean takes(KeyRequest request) {
    List<KeyRequest> open = waiting().stream()
        .filter(InboxItem.KeysRequested.class::isInstance)
        .map(item -> ((InboxItem.KeysRequested) item).request())
        .toList();
    boolean again = open.stream()
        .anyMatch(r -> r.group().equals(request.group()) && r.by().equals(request.by()));
    return !again && open.size() < 16;
  }

  void queue(ToldShare told) {
    newestShares.put(told.group(), told.offset());
    List<InboxItem> shares =
        waiting().stream().filter(InboxItem.KeysShared.class::isInstance).toList();
    shares.stream()
        .limit(Math.max(0, shares.size() - 99))
        .forEach(share -> gone.add(share.sequence()));
    queue(sequence -> new InboxItem.KeysShared(sequence, told));
  }

  /** Queues the item that the next sequence makes. */
  void queue(LongFunction<InboxItem> item) {
    List<InboxItem> waiting = waiting();
    if (waiting.size() == 1000) {
      waiting.stream()
          .filter(InboxItem.SealedEpochKey.class::isInstance)
          .findFirst()
          .ifPresent(oldest -> gone.add(oldest.sequence()));
    }
    everQueued.add(item.apply(everQueued.size() + 1L));
  }
}
