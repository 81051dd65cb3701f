package io.karst.client.epoch;

import io.karst.client.api.SecurityProblem;
import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.client.api.SecurityViolation;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.DeviceTrust;
import io.karst.client.work.DeviceContext;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.Optional;

/**
 * The device lists that were verified: each follows the one before by signature. Used on the
 * device's thread.
 */
final class Pins {

  private final DeviceTrust trust;
  private final EpochWatcher watcher;

  Pins(DeviceContext context, EpochWatcher watcher) {
    this.trust = new DeviceTrust(context.signatures());
    this.watcher = watcher;
  }

  /**
   * Pins a list if it is the one after those that are pinned. One that is pinned will do, too, if
   * it is no older than {@code since}: several questions can be under way, and an answer be
   * overtaken by that to a later one. Answers the newest that is pinned then; nothing when the
   * versions between are needed first, or the list is of another chain.
   *
   * @param since the newest version that was pinned when the server was asked
   */
  Optional<DeviceList> follow(Unsealed memory, DeviceList list, long since) {
    List<DeviceList> pinned = memory.tables().pins().of(list.member());
    if (DeviceTrust.isPinned(pinned, list)) {
      return list.version() >= since
          ? Optional.of(pinned.get(pinned.size() - 1))
          : Optional.empty();
    }
    long newest = newest(pinned);
    if (list.version() != newest + 1 || trust.flaw(pinned, list).isPresent()) {
      return Optional.empty();
    }
    memory.tables().pins().pin(list);
    if (newest > 0) {
      watcher.devicesChanged(list);
    }
    return Optional.of(list);
  }

  /**
   * Pins the version after the newest, or finds it pinned; throws {@link SecurityViolation} when it
   * does not follow.
   */
  void require(Unsealed memory, DeviceList list) {
    if (follow(memory, list, 0).isEmpty()) {
      Flaw flaw =
          trust.flaw(memory.tables().pins().of(list.member()), list).orElse(Flaw.UNKNOWN_VERSION);
      throw new SecurityViolation(
          new SecurityProblem.DeviceListRefused(list.member(), list.version(), flaw));
    }
  }

  /** Why a list does not follow those that are pinned, itself pinned or not. */
  Optional<Flaw> flaw(List<DeviceList> pinned, DeviceList list) {
    return trust.flaw(pinned, list);
  }

  static long newest(Unsealed memory, MemberId member) {
    return newest(memory.tables().pins().of(member));
  }

  private static long newest(List<DeviceList> pinned) {
    return pinned.isEmpty() ? 0 : pinned.get(pinned.size() - 1).version();
  }
}
