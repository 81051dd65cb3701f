package io.karst.domain.sender;

import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.DeviceAddress;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * All devices that speak in a group. Immutable.
 *
 * <p>Invariant: at most {@value #RECENT_MAX} envelopes are remembered, whatever the number of devices. A class and not a record
 * because it is replaced with every event: it copies its map once, a record's constructor would copy it again.
 */
public final class Senders {

  /**
   * Bounds state and snapshots (3 MB at worst) where a thousand devices are busy at once. When there are more, all but the
   * newer half of this many entries of the log are forgotten.
   */
  public static final int RECENT_MAX = 32_768;

  public static final Senders EMPTY = new Senders(Map.of(), 0);

  private final Map<DeviceAddress, Sender> byDevice;
  private final int recent;

  private Senders(Map<DeviceAddress, Sender> byDevice, int recent) {
    this.byDevice = byDevice;
    this.recent = recent;
  }

  /** Copies {@code byDevice}. */
  public static Senders of(Map<DeviceAddress, Sender> byDevice) {
    int recent =
        byDevice.values().stream().mapToInt(sender -> sender.recent().size()).sum();
    if (recent > RECENT_MAX) {
      throw new IllegalArgumentException("too many envelopes are remembered");
    }
    return new Senders(Map.copyOf(byDevice), recent);
  }

  /** Unmodifiable. */
  public Map<DeviceAddress, Sender> asMap() {
    return Collections.unmodifiableMap(byDevice);
  }

  public Optional<Sender> of(DeviceAddress device) {
    return Optional.ofNullable(byDevice.get(device));
  }

  /** Bindings of the sessions opened in an epoch, ascending by device. */
  public List<SessionBinding> openSessions(long epoch) {
    return byDevice.values().stream()
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
    var after = new HashMap<>(byDevice);
    after.keySet().removeIf(kept.negate());
    return replaceAll(after, sender -> sender.withoutSessionsBefore(epoch - 1));
  }

  Senders with(Map<DeviceAddress, Sender> changed, long size) {
    var after = new HashMap<>(byDevice);
    int total = recent;
    for (var entry : changed.entrySet()) {
      Sender was = after.put(entry.getKey(), entry.getValue());
      total +=
          entry.getValue().recent().size() - (was == null ? 0 : was.recent().size());
    }
    if (total <= RECENT_MAX) {
      return new Senders(after, total);
    }
    long first = size - RECENT_MAX / 2;
    return replaceAll(after, sender -> sender.withoutEnvelopesBefore(first));
  }

  private static Senders replaceAll(
      Map<DeviceAddress, Sender> senders, UnaryOperator<Sender> change) {
    senders.replaceAll((device, sender) -> change.apply(sender));
    senders.values().removeIf(Sender::isForgotten);
    return of(senders);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Senders that && byDevice.equals(that.byDevice);
  }

  @Override
  public int hashCode() {
    return byDevice.hashCode();
  }

  @Override
  public String toString() {
    return "Senders[" + byDevice.size() + "]";
  }
}
