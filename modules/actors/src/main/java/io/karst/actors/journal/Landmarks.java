package io.karst.actors.journal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Records of one group that were seen lately: they narrow the next search. What was true of a
 * record stays true for ever.
 *
 * <p>Thread-safe, and at most {@value #LANDMARKS_MAX}.
 */
final class Landmarks {

  /** A search over a million records takes 20 probes; this keeps three such paths. */
  static final int LANDMARKS_MAX = 64;

  private final TreeMap<Long, Landmark> bySequence = new TreeMap<>();

  /** Remembers a record; when there are too many, every second one is forgotten. */
  synchronized void add(Landmark landmark) {
    bySequence.put(landmark.sequenceNumber(), landmark);
    if (bySequence.size() > LANDMARKS_MAX) {
      var keep = new boolean[] {false};
      bySequence.keySet().removeIf(sequence -> keep[0] = !keep[0]);
    }
  }

  /** The last known record whose {@code key} is at most {@code bound}. */
  synchronized Optional<Landmark> floor(ToLongFunction<Landmark> key, long bound) {
    Landmark found = null;
    for (Map.Entry<Long, Landmark> entry : bySequence.entrySet()) {
      if (key.applyAsLong(entry.getValue()) > bound) {
        break;
      }
      found = entry.getValue();
    }
    return Optional.ofNullable(found);
  }

  /** The first known record whose {@code key} is above {@code bound}. */
  synchronized Optional<Landmark> above(ToLongFunction<Landmark> key, long bound) {
    return bySequence.values().stream().filter(l -> key.applyAsLong(l) > bound).findFirst();
  }
}
