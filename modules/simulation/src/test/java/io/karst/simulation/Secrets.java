package io.karst.simulation;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.HeardSession;
import io.karst.client.store.EpochRow;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tries every device's memory on every message that the device must not read. */
final class Secrets {

  private record Spoken(DeviceAddress sender, long epoch) {}

  private final World world;
  private final List<Phone> phones;
  private final Truth truth;
  private final GroupId group;

  Secrets(World world, List<Phone> phones, Truth truth) {
    this.world = world;
    this.phones = phones;
    this.truth = truth;
    this.group = truth.group();
  }

  void check() {
    for (Phone phone : phones) {
      phone.read(memory -> {
        Set<Spoken> tried = new HashSet<>();
        truth.envelopes().values().stream()
            .filter(envelope -> !truth.mayRead(phone.self(), envelope))
            .filter(one -> tried.add(new Spoken(one.sender(), one.epoch())) || isSampled(one))
            .forEach(envelope -> tryOn(phone, memory, envelope));
        return true;
      });
    }
  }

  /** Of one session that is not held, no message opens; a few are tried beside the first. */
  private static boolean isSampled(Envelope one) {
    return one.messageIndex() % 7 == 3;
  }

  private void tryOn(Phone phone, Unsealed memory, Envelope envelope) {
    long epoch = envelope.epoch();
    boolean held = memory
        .tables()
        .epochs()
        .find(group, epoch)
        .filter(row -> row.access() == EpochRow.Access.HELD)
        .isPresent();
    boolean ratchet = memory.ratchet(group, epoch, envelope.sender()).isPresent();
    boolean session = memory.heard(group, epoch, envelope.sender()).isPresent();
    boolean given = memory.tables().shared().any(group, epoch)
        && !truth.grants().given(phone.self()).contains(epoch);
    if (held || ratchet || session || given || opens(memory, envelope)) {
      world.violated(
          Violation.Kind.OVERHEARD,
          "%s: %s holds keys of epoch %d".formatted(group, phone.self(), epoch));
    }
  }

  /** With what the device holds of the epochs around. */
  private boolean opens(Unsealed memory, Envelope envelope) {
    return Stream.of(envelope.epoch() - 1, envelope.epoch() + 1)
        .flatMap(epoch -> memory.heard(group, epoch, envelope.sender()).stream())
        .anyMatch(near -> opens(near, envelope));
  }

  private static boolean opens(HeardSession near, Envelope envelope) {
    try {
      var unused =
          near.session().decrypt(MegolmMessage.parse(envelope.ciphertext().toArray()));
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }
}
