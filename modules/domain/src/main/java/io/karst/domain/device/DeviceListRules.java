package io.karst.domain.device;

import io.karst.domain.refusal.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Whether a device list may become its member's next.
 *
 * <p>Compare-and-set: the version that the next one was verified against must still be the newest,
 * so that of two devices that change the list at once one learns of the other's change first.
 */
record DeviceListRules(Member member, MemberCommand.ChangeDevices command) {

  /** Why not; empty also for a list that is the newest already. */
  Optional<Reason> problem() {
    DeviceList next = command.next();
    if (!member.registered() || !command.by().member().equals(member.id())) {
      return Optional.of(Reason.MEMBER_NOT_FOUND);
    }
    if (member.device(command.by().device()).isEmpty()) {
      return Optional.of(Reason.DEVICE_NOT_FOUND);
    }
    if (member.deviceList().equals(Optional.of(next))) {
      return Optional.empty();
    }
    if (!member.deviceList().equals(Optional.of(command.previous()))) {
      return Optional.of(Reason.DEVICE_LIST_STALE);
    }
    boolean follows = next.member().equals(member.id())
        && next.version() == command.previous().version() + 1
        && next.signer().equals(command.by().device());
    return follows ? changeProblem() : Optional.of(Reason.DEVICE_LIST_INVALID);
  }

  private Optional<Reason> changeProblem() {
    DeviceListChange change = DeviceListChange.between(command.previous(), command.next());
    if (change.addsOne()) {
      return addingProblem(change.added());
    }
    boolean plain = command.fallbackKey().isEmpty() && command.linkProof().isEmpty();
    if (!change.removesSome() || !plain) {
      return Optional.of(Reason.DEVICE_LIST_INVALID);
    }
    return member.chain().versions().size() < DeviceChain.VERSIONS_MAX
        ? Optional.empty()
        : Optional.of(Reason.DEVICE_LISTS_FULL);
  }

  private Optional<Reason> addingProblem(List<DeviceIdentity> added) {
    if (added.stream().anyMatch(device -> member.chain().hasUsed(device.device()))) {
      return Optional.of(Reason.DEVICE_ID_USED);
    }
    if (member.chain().isFull()) {
      return Optional.of(Reason.DEVICE_LISTS_FULL);
    }
    boolean keyed = command.fallbackKey().stream().anyMatch(SignedKey::fallback);
    if (!keyed) {
      return Optional.of(Reason.KEY_INVALID);
    }
    return command.linkProof().length() == Device.LINK_PROOF_LENGTH
        ? Optional.empty()
        : Optional.of(Reason.DEVICE_LIST_INVALID);
  }
}
