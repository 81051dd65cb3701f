package io.karst.domain.owner;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the log of a member's own devices remembers: which devices these are, and what they sent
 * last. Immutable.
 *
 * <p>Such a log has no epochs and no roster of its own. Its entries are the versions of the
 * member's signed device list, each as the log learns of it, and messages, each sealed to exactly
 * the devices of the version before it.
 *
 * <p>Invariant: at most {@value #RECENT_MAX} messages are remembered, the newest last, and none
 * before a version is noted.
 *
 * @param devices the newest version that the log has noted; none until it is opened
 */
public record OwnerLog(Optional<DeviceList> devices, List<SentMessage> recent) {

  /**
   * Devices wait for the answer to one message before they send the next, so eight of them have far
   * fewer under way.
   */
  public static final int RECENT_MAX = 256;

  /** A log that nobody has opened. */
  public static final OwnerLog NONE = new OwnerLog(Optional.empty(), List.of());

  public OwnerLog {
    recent = List.copyOf(recent);
    if (recent.size() > RECENT_MAX || (devices.isEmpty() && !recent.isEmpty())) {
      throw new IllegalArgumentException("owner log out of bounds");
    }
  }

  /** Whether this is the log of a member's own devices at all. */
  public boolean isOpen() {
    return devices.isPresent();
  }

  /** Whether these are the devices of this member. */
  public boolean belongsTo(MemberId member) {
    return devices.filter(list -> list.member().equals(member)).isPresent();
  }

  /**
   * Whether a version may be noted next: the one after the newest, or the first of a chain that
   * begins anew because all devices were lost.
   */
  public boolean follows(DeviceList list) {
    if (devices.isEmpty()) {
      return list.version() == 1;
    }
    DeviceList newest = devices.get();
    boolean next = list.version() == newest.version() + 1;
    boolean anew = list.version() == 1 && idsOf(newest).stream().noneMatch(idsOf(list)::contains);
    return list.member().equals(newest.member()) && (next || anew);
  }

  /** With a version noted that {@link #follows}. */
  public OwnerLog noted(DeviceList list) {
    return new OwnerLog(Optional.of(list), recent);
  }

  /** Why a device may not speak in the log at all. */
  public Optional<Reason> closedTo(DeviceAddress device) {
    if (!belongsTo(device.member())) {
      return Optional.of(Reason.GROUP_NOT_FOUND);
    }
    return devices.orElseThrow().device(device.device()).isPresent()
        ? Optional.empty()
        : Optional.of(Reason.DEVICE_REVOKED);
  }

  /** Why a device's message is not taken. */
  public Optional<Reason> problem(OwnerMessage message) {
    return closedTo(message.sender()).or(() -> mismatch(message, devices.orElseThrow()));
  }

  private static Optional<Reason> mismatch(OwnerMessage message, DeviceList list) {
    if (message.deviceListVersion() != list.version()) {
      return Optional.of(Reason.DEVICE_LIST_STALE);
    }
    Set<DeviceId> sealedTo =
        message.copies().stream().map(OwnerCopy::to).collect(Collectors.toSet());
    sealedTo.add(message.sender().device());
    return sealedTo.equals(idsOf(list))
        ? Optional.empty()
        : Optional.of(Reason.SEALED_KEYS_MISMATCH);
  }

  /** The message that a device sent with this client id, as far as it is remembered. */
  public Optional<SentMessage> sent(DeviceId by, ClientId clientId) {
    return recent.stream()
        .filter(sent -> sent.by().equals(by) && sent.clientId().equals(clientId))
        .findFirst();
  }

  /** With a message that became the entry at {@code offset}; the oldest gives way. */
  public OwnerLog with(OwnerMessage message, long offset, Instant at) {
    var messages = new ArrayList<>(recent);
    if (messages.size() == RECENT_MAX) {
      messages.remove(0);
    }
    messages.add(new SentMessage(message.sender().device(), message.clientId(), offset, at));
    return new OwnerLog(devices, messages);
  }

  private static Set<DeviceId> idsOf(DeviceList list) {
    return list.devices().stream().map(DeviceIdentity::device).collect(Collectors.toSet());
  }
}
