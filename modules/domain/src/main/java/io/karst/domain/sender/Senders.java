package io.karst.domain.sender;

import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.DeviceAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All devices that speak in a group. Immutable.
 *
 * <p>Invariant: at most {@value #RECENT_MAX} envelopes are remembered, whatever the number of
 * devices. Each device has a place in an array: an event replaces a few senders of a thousand, and
 * copying an array is cheap where copying a map is not.
 */
public final class Senders {

  /**
   * Bounds state and snapshots (4 MB at worst) where a thousand devices are busy at once. When
   * there are more, all but the newer half of this many entries of the log are forgotten.
   */
  public static final int RECENT_MAX = 32_768;

  public static final Senders EMPTY = new Senders(Map.of(), new Sender[0], 0);

  private final Map<DeviceAddress, Integer> places;
  private final Sender[] senders;
  private final int recent;

  private Senders(Map<DeviceAddress, Integer> places, Sender[] senders, int recent) {
    this.places = places;
    this.senders = senders;
    this.recent = recent;
  }

  /** Copies {@code byDevice}. */
  public static Senders of(Map<DeviceAddress, Sender> byDevice) {
    int recent = recentOf(byDevice);
    if (recent > RECENT_MAX) {
      throw new IllegalArgumentException("too many envelopes are remembered");
    }
    var places = new HashMap<DeviceAddress, Integer>();
    var senders = new Sender[byDevice.size()];
    byDevice.forEach((device, sender) -> {
      senders[places.size()] = sender;
      places.put(device, places.size());
    });
    return new Senders(places, senders, recent);
  }

  /** A copy that may be changed. */
  public Map<DeviceAddress, Sender> toMap() {
    var byDevice = new HashMap<DeviceAddress, Sender>();
    places.forEach((device, place) -> byDevice.put(device, senders[place]));
    return byDevice;
  }

  public Optional<Sender> of(DeviceAddress device) {
    return Optional.ofNullable(places.get(device)).map(place -> senders[place]);
  }

  /** Bindings of the sessions opened in an epoch, ascending by device. */
  public List<SessionBinding> openSessions(long epoch) {
    return Stream.of(senders)
        .flatMap(sender -> sender.session(epoch).stream())
        .map(Session::binding)
        .sorted(Comparator.comparing(SessionBinding::sender))
        .toList();
  }

  public SendersDraft draft() {
    return new SendersDraft(this);
  }

  /** Keeps the devices of the new epoch and the one before, and their sessions in these two. */
  public Senders startEpoch(long epoch, Predicate<DeviceAddress> kept) {
    Map<DeviceAddress, Sender> after = toMap();
    after.keySet().removeIf(kept.negate());
    after.replaceAll((device, sender) -> sender.withoutSessionsBefore(epoch - 1));
    after.values().removeIf(Sender::isForgotten);
    return of(after);
  }

  /** With these senders in place of what they were, once the log has {@code size} entries. */
  Senders with(Map<DeviceAddress, Sender> changed, long size) {
    Sender[] after = senders.clone();
    int total = recent;
    for (var entry : changed.entrySet()) {
      Integer place = places.get(entry.getKey());
      if (place == null) {
        return rebuilt(changed, size);
      }
      total += entry.getValue().recent().size() - after[place].recent().size();
      after[place] = entry.getValue();
    }
    return total <= RECENT_MAX ? new Senders(places, after, total) : rebuilt(changed, size);
  }

  private Senders rebuilt(Map<DeviceAddress, Sender> changed, long size) {
    Map<DeviceAddress, Sender> after = toMap();
    after.putAll(changed);
    if (recentOf(after) > RECENT_MAX) {
      long first = size - RECENT_MAX / 2;
      after.replaceAll((device, sender) -> sender.withoutEnvelopesBefore(first));
      after.values().removeIf(Sender::isForgotten);
    }
    return of(after);
  }

  private static int recentOf(Map<DeviceAddress, Sender> senders) {
    return senders.values().stream().mapToInt(sender -> sender.recent().size()).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Senders that && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return "Senders[" + senders.length + "]";
  }
}
