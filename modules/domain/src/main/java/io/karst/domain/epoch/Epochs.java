package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The epochs of a group that still matter.
 *
 * <p>Invariant: {@code previous} has ended; {@code delivered <= current.number()}.
 *
 * @param current the newest epoch, also between its end and the start of the next
 * @param previous the one before it
 * @param firstManifestHash hash of epoch 1's manifest, 32 bytes; empty before
 * @param delivered every inbox has taken its keys of the epochs up to this one
 * @param faults what is wrong with them
 */
public record Epochs(
    Epoch current, Epoch previous, Bytes firstManifestHash, long delivered, EpochFaults faults) {

  public static final Epochs NONE = new Epochs(Epoch.NONE, Epoch.NONE, Bytes.EMPTY, 0);

  /** Epochs with which nothing is wrong. */
  public Epochs(Epoch current, Epoch previous, Bytes firstManifestHash, long delivered) {
    this(current, previous, firstManifestHash, delivered, EpochFaults.NONE);
  }

  /** The newest epoch or the one before it, by its number. */
  public Optional<Epoch> remembered(long number) {
    return Stream.of(current, previous)
        .filter(epoch -> number > 0 && epoch.number() == number)
        .findFirst();
  }

  /** The epoch of this number, if envelopes of it are accepted at this moment. */
  public Optional<Epoch> accepting(long number, Instant at) {
    if (number == current.number() && current.isOpen()) {
      return Optional.of(current);
    }
    return number == previous.number() && previous.accepts(at)
        ? Optional.of(previous)
        : Optional.empty();
  }

  /** Numbers of the epochs whose keys are not known to be in every inbox, ascending. */
  public LongStream undelivered() {
    return LongStream.rangeClosed(delivered + 1, current.number());
  }

  /** Whether a number is that of the next epoch to be delivered: they are in ascending order. */
  public boolean isNextDelivery(long number) {
    return number == delivered + 1 && number <= current.number();
  }

  public Epochs end(Instant graceUntil) {
    return new Epochs(current.ended(graceUntil), previous, firstManifestHash, delivered, faults);
  }

  public Epochs start(SignedManifest manifest, long offset, Instant at) {
    Bytes first = firstManifestHash.isEmpty() ? manifest.hash() : firstManifestHash;
    return new Epochs(
        Epoch.started(manifest, offset, at),
        current,
        first,
        delivered,
        faults.since(current.number()));
  }

  /** After so many more messages were taken in the current epoch. */
  public Epochs plus(long taken) {
    return new Epochs(current.plus(taken), previous, firstManifestHash, delivered, faults);
  }

  public Epochs deliver(long number) {
    return new Epochs(current, previous, firstManifestHash, number, faults);
  }

  /** After a device has said that it does not take an epoch's key. */
  public Epochs refuse(long number, DeviceAddress by) {
    return with(faults.refuse(number, by));
  }

  /** After a reset has given epochs up. */
  public Epochs orphan(EpochRange range) {
    return with(faults.orphan(range));
  }

  private Epochs with(EpochFaults to) {
    return new Epochs(current, previous, firstManifestHash, delivered, to);
  }
}
