package io.karst.client.epoch;

import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.HeardIndexes;
import io.karst.client.session.HeardSession;
import io.karst.client.store.EpochRow;
import io.karst.client.store.InboundRow;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.signature.SessionBindings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sessions that a piece of work hears: loaded when first asked for, moved on as copies, stored
 * together or not at all.
 *
 * <p>Mutable: made for one piece of work.
 */
public final class SessionBook {

  private final Unsealed loading;
  private final SessionBindings bindings;
  private final Map<Key, HeardSession> sessions = new HashMap<>();

  private record Key(GroupId group, long epoch, DeviceAddress sender) {}

  /** Loads from one transaction; what it stores may go into a later one. */
  public SessionBook(Unsealed loading, SessionBindings bindings) {
    this.loading = loading;
    this.bindings = bindings;
  }

  /**
   * Makes a device's session of an epoch out of its ratchet and its signed binding. Repeating it is
   * harmless; a second session of the same device is refused, since it would use the first one's
   * keys again.
   *
   * @param epoch one whose ratchets are held
   */
  public Optional<Flaw> bind(EpochRow epoch, SessionBinding binding) {
    Optional<HeardSession> known = find(epoch, binding.sender());
    if (known.isPresent()) {
      return known.get().sessionId().equals(binding.sessionKey())
          ? Optional.empty()
          : Optional.of(Flaw.TWO_STATEMENTS);
    }
    Optional<Flaw> flaw = HeardSession.flaw(bindings, epoch.manifest().manifest(), binding);
    if (flaw.isEmpty()) {
      loading
          .ratchet(epoch.group(), epoch.number(), binding.sender())
          .ifPresent(ratchet -> open(epoch, binding, ratchet));
    }
    return flaw;
  }

  /** {@linkplain #bind Binds} a session where the log says that it begins. */
  public Optional<Flaw> begin(EpochRow epoch, SessionBinding binding) {
    Optional<Flaw> flaw = bind(epoch, binding);
    if (flaw.isEmpty()) {
      find(epoch, binding.sender()).ifPresent(HeardSession::begin);
    }
    return flaw;
  }

  /** The session that a device speaks in; reading moves it on. */
  public Optional<HeardSession> find(EpochRow epoch, DeviceAddress sender) {
    Key key = new Key(epoch.group(), epoch.number(), sender);
    HeardSession loaded = sessions.get(key);
    if (loaded != null) {
      return Optional.of(loaded);
    }
    Optional<HeardSession> stored = loading.heard(key.group(), key.epoch(), sender);
    stored.ifPresent(session -> put(key, session));
    return stored;
  }

  /** The sessions of an epoch of which messages are missing. */
  public List<HeardSession> incomplete(EpochRow epoch) {
    Set<DeviceAddress> senders = new TreeSet<>();
    for (InboundRow row :
        loading.tables().sessions().inbound(epoch.group(), epoch.number(), epoch.number())) {
      if (!HeardIndexes.decode(row.heard()).missing().isEmpty()) {
        senders.add(row.sender());
      }
    }
    sessions.keySet().stream()
        .filter(key -> key.group().equals(epoch.group()) && key.epoch() == epoch.number())
        .forEach(key -> senders.add(key.sender()));
    return senders.stream()
        .flatMap(sender -> find(epoch, sender).stream())
        .filter(HeardSession::isIncomplete)
        .toList();
  }

  /** Stores all sessions, and forgets the ratchets that they were made from. */
  public void save(Unsealed memory) {
    sessions.forEach((key, session) -> {
      memory.saveHeard(key.group(), key.epoch(), session);
      memory.tables().epochs().forgetRatchet(key.group(), key.epoch(), key.sender());
    });
  }

  private void open(EpochRow epoch, SessionBinding binding, SenderRatchet ratchet) {
    try (ratchet) {
      put(
          new Key(epoch.group(), epoch.number(), binding.sender()),
          HeardSession.open(binding, ratchet));
    }
  }

  /** Where the policy is to forget, also within a run: so keys of what is missing last longest. */
  private void put(Key key, HeardSession session) {
    if (!loading.tables().groups().keepsKeys(key.group())) {
      session.forgetRead();
    }
    sessions.put(key, session);
  }
}
