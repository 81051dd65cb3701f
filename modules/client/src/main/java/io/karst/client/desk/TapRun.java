package io.karst.client.desk;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.ContentForm;
import io.karst.client.session.HeardSession;
import io.karst.client.store.EpochRow;
import io.karst.client.verification.HeardStep;
import io.karst.client.wire.Entry;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.GroupId;
import io.karst.proof.signature.SessionBindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for steps in a page of a log. Each entry is answered by whether the reading may go on: not
 * when its epoch is still to come out of the inbox. Mutable: made for one page.
 */
final class TapRun implements Entry.Cases<Boolean> {

  private final Unsealed memory;
  private final GroupId group;
  private final SessionBindings bindings;
  private final Map<Bytes, SessionBinding> opened;
  private final Map<Bytes, Optional<HeardSession>> sessions = new HashMap<>();
  private final List<HeardStep> steps = new ArrayList<>();

  /** {@code opened} are the valid bindings of this epoch that earlier pages held; it grows. */
  TapRun(
      Unsealed memory, GroupId group, SessionBindings bindings, Map<Bytes, SessionBinding> opened) {
    this.memory = memory;
    this.group = group;
    this.bindings = bindings;
    this.opened = opened;
  }

  List<HeardStep> steps() {
    return steps;
  }

  @Override
  public Boolean notice(Entry.Notice entry) {
    return true;
  }

  @Override
  public Boolean silent(Entry.Silent entry) {
    return true;
  }

  @Override
  public Boolean ownerSaid(Entry.OwnerSaid entry) {
    return true;
  }

  @Override
  public Boolean ownerDevices(Entry.OwnerDevices entry) {
    return true;
  }

  @Override
  public Boolean hidden(Entry.Hidden entry) {
    return true;
  }

  @Override
  public Boolean epochStarted(Entry.EpochStarted entry) {
    opened.values().removeIf(binding -> binding.epoch() < entry.news().epoch() - 1);
    return true;
  }

  @Override
  public Boolean sessionOpened(Entry.SessionOpened entry) {
    SessionBinding binding = entry.binding();
    if (isToCome(binding.epoch())) {
      return false;
    }
    boolean valid = epoch(binding.epoch())
        .filter(row ->
            HeardSession.flaw(bindings, row.manifest().manifest(), binding).isEmpty())
        .isPresent();
    if (valid) {
      opened.put(binding.sessionKey(), binding);
    }
    return true;
  }

  @Override
  public Boolean spoken(Entry.Spoken entry) {
    Envelope envelope = entry.envelope();
    if (isToCome(envelope.epoch())) {
      return false;
    }
    sessions
        .computeIfAbsent(envelope.sessionId(), missing -> session(envelope))
        .filter(session -> session.sender().equals(envelope.sender()))
        .flatMap(session -> open(session, envelope))
        .flatMap(said -> HeardStep.of(group, entry.offset(), envelope.sender(), said.content()))
        .ifPresent(steps::add);
    return true;
  }

  private Optional<HeardSession> session(Envelope envelope) {
    return memory
        .heard(group, envelope.epoch(), envelope.sender())
        .filter(session -> session.sessionId().equals(envelope.sessionId()))
        .or(() -> Optional.ofNullable(opened.get(envelope.sessionId())).flatMap(this::unheard));
  }

  private Optional<HeardSession> unheard(SessionBinding binding) {
    return memory.ratchet(group, binding.epoch(), binding.sender()).map(ratchet -> {
      try (ratchet) {
        return HeardSession.open(binding, ratchet);
      }
    });
  }

  private static Optional<ContentForm.Said> open(HeardSession session, Envelope envelope) {
    try {
      MegolmMessage message = MegolmMessage.parse(envelope.ciphertext().toArray());
      // Whoever receives the group may have opened it, or may do so later.
      return ContentForm.decode(session.session().reread(message).plaintext());
    } catch (CryptoException e) {
      // Whoever receives the group is told of it.
      return Optional.empty();
    }
  }

  private boolean isToCome(long epoch) {
    long newest = memory.tables().epochs().newest(group).map(EpochRow::number).orElse(0L);
    return epoch > newest;
  }

  private Optional<EpochRow> epoch(long number) {
    return memory.tables().epochs().find(group, number);
  }
}
