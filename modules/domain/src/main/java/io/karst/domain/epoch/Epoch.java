package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a group remembers of one epoch: enough to judge who may speak in it, and what may follow it.
 *
 * @param number 1, 2, 3 …; 0 only in {@link #NONE}
 * @param startedOffset offset of the entry that started it
 * @param acceptedUntil before this moment its envelopes are accepted; {@link #OPEN} while it is
 *     current
 * @param messages taken in it while it was current
 */
public record Epoch(
    long number,
    Bytes manifestHash,
    Map<DeviceAddress, RosterEntry> roster,
    long startedOffset,
    Instant startedAt,
    Instant acceptedUntil,
    long messages) {

  /** The end of an epoch that has not ended. */
  public static final Instant OPEN = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** The epoch before the first: nobody is in it. */
  public static final Epoch NONE =
      new Epoch(0, Bytes.EMPTY, Map.of(), 0, Instant.EPOCH, Instant.EPOCH, 0);

  public Epoch {
    roster = Map.copyOf(roster);
  }

  static Epoch started(SignedManifest signed, long offset, Instant at) {
    Manifest manifest = signed.manifest();
    Map<DeviceAddress, RosterEntry> roster = manifest.roster().stream()
        .collect(Collectors.toMap(RosterEntry::address, Function.identity()));
    return new Epoch(manifest.epoch(), signed.hash(), roster, offset, at, OPEN, 0);
  }

  public boolean isOpen() {
    return acceptedUntil.equals(OPEN);
  }

  /** Whether envelopes of this epoch are accepted at a moment. */
  public boolean accepts(Instant at) {
    return at.isBefore(acceptedUntil);
  }

  public boolean has(DeviceAddress device) {
    return roster.containsKey(device);
  }

  Epoch ended(Instant graceUntil) {
    return new Epoch(number, manifestHash, roster, startedOffset, startedAt, graceUntil, messages);
  }

  Epoch plus(long taken) {
    return new Epoch(
        number, manifestHash, roster, startedOffset, startedAt, acceptedUntil, messages + taken);
  }
}
