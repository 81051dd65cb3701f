package io.karst.domain.epoch;

import io.karst.domain.id.DeviceAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with a group's epochs: who refuses the newest two, and which ones a reset has given
 * up.
 *
 * <p>Bounded: a roster holds a thousand devices, and no two ranges touch.
 *
 * @param refusals of the newest two epochs
 * @param orphaned ascending; the newest {@value #ORPHANED_MAX}, older ones are in the log
 */
public record EpochFaults(Set<Refusal> refusals, List<EpochRange> orphaned) {

  /** A group is reset when all who were in it have lost their keys: more often is a nuisance. */
  public static final int ORPHANED_MAX = 64;

  public static final EpochFaults NONE = new EpochFaults(Set.of(), List.of());

  /** A device of an epoch's roster does not take its key. */
  public record Refusal(long epoch, DeviceAddress by) {}

  public EpochFaults {
    refusals = Set.copyOf(refusals);
    orphaned = List.copyOf(orphaned);
    if (orphaned.size() > ORPHANED_MAX) {
      throw new IllegalArgumentException("at most " + ORPHANED_MAX + " ranges");
    }
  }

  public boolean isRefused(long epoch) {
    return refusals.stream().anyMatch(refusal -> refusal.epoch() == epoch);
  }

  public boolean isRefused(long epoch, DeviceAddress by) {
    return refusals.contains(new Refusal(epoch, by));
  }

  public boolean isOrphaned(long epoch) {
    return orphaned.stream().anyMatch(range -> range.contains(epoch));
  }

  EpochFaults refuse(long epoch, DeviceAddress by) {
    Set<Refusal> more = new HashSet<>(refusals);
    more.add(new Refusal(epoch, by));
    return new EpochFaults(more, orphaned);
  }

  /** Ranges that touch become one. */
  EpochFaults orphan(EpochRange range) {
    EpochRange joined = range;
    List<EpochRange> apart = new ArrayList<>();
    for (EpochRange known : orphaned) {
      if (known.touches(joined)) {
        joined = joined.join(known);
      } else {
        apart.add(known);
      }
    }
    apart.add(joined);
    apart.sort(Comparator.comparingLong(EpochRange::from));
    return new EpochFaults(
        refusals, apart.subList(Math.max(0, apart.size() - ORPHANED_MAX), apart.size()));
  }

  /** Forgets who refused epochs before this one. */
  EpochFaults since(long epoch) {
    Set<Refusal> left = new HashSet<>(refusals);
    left.removeIf(refusal -> refusal.epoch() < epoch);
    return new EpochFaults(left, orphaned);
  }
}
