package io.karst.client.session;

import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.domain.device.DeviceList;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.signature.Signatures;
import io.karst.proof.signature.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Judges a member's device list: version 1 is trusted on first use, every later one by the signed
 * chain.
 *
 * <p>Thread-safe.
 */
public final class DeviceTrust {

  private final DeviceLists lists;

  public DeviceTrust(Signatures signatures) {
    this.lists = new DeviceLists(signatures);
  }

  /**
   * Why a list must not be believed.
   *
   * @param pinned the member's verified versions, ascending
   */
  public Optional<Flaw> flaw(List<DeviceList> pinned, DeviceList offered) {
    Optional<DeviceList> same = version(pinned, offered.version());
    if (same.isPresent()) {
      return same.get().equals(offered) ? Optional.empty() : Optional.of(Flaw.TWO_STATEMENTS);
    }
    if (pinned.isEmpty() && offered.version() == 1) {
      return flaw(lists.first(offered));
    }
    Optional<DeviceList> previous = version(pinned, offered.version() - 1);
    return previous.isPresent()
        ? flaw(lists.next(previous.get(), offered))
        : Optional.of(Flaw.UNKNOWN_VERSION);
  }

  /** Whether a list is pinned already. */
  public static boolean isPinned(List<DeviceList> pinned, DeviceList offered) {
    return pinned.contains(offered);
  }

  static Optional<DeviceList> version(List<DeviceList> pinned, long version) {
    return pinned.stream().filter(list -> list.version() == version).findFirst();
  }

  private static Optional<Flaw> flaw(Verdict verdict) {
    return switch (verdict) {
      case VALID -> Optional.empty();
      case KEY_INVALID, SIGNATURE_INVALID, SIGNER_UNKNOWN -> Optional.of(Flaw.SIGNATURE);
      case CHAIN_BROKEN -> Optional.of(Flaw.CHAIN);
    };
  }
}
