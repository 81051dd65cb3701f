package io.karst.audit;

import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.Group;
import io.karst.domain.owner.OwnerMessage;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.signature.OwnerMessages;
import io.karst.proof.signature.Signatures;
import io.karst.proof.signature.Verdict;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.OwnerHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies what the rules cannot in the log of a member's own devices: its id, the chain of device
 * lists, and who sent each message.
 *
 * @param before the log's state before the entry
 * @param offset of the entry
 */
record OwnerProofs(Signatures signatures, Group before, long offset) {

  /** Whether a version is signed by a device of the one before, and of this log's member. */
  List<Finding> devices(DeviceList list) {
    var findings = new ArrayList<Finding>();
    if (!DeviceStatements.ownerLogId(list.member()).equals(before.id())) {
      findings.add(found(
          FindingCode.GROUP_ID_FORGED,
          "This is not the id of the log that the devices of " + list.member() + " share"));
    }
    if (verdict(list) != Verdict.VALID) {
      findings.add(found(
          FindingCode.DEVICE_LIST_FORGED,
          "Version %d of the devices of %s does not follow, signed, from the one before"
              .formatted(list.version(), list.member())));
    }
    return findings;
  }

  /** Version 1 begins a chain: the first, or a new one after all devices were lost. */
  private Verdict verdict(DeviceList list) {
    var lists = new DeviceLists(signatures);
    Optional<DeviceList> newest = before.owner().devices().filter(known -> list.version() > 1);
    return newest.map(known -> lists.next(known, list)).orElseGet(() -> lists.first(list));
  }

  /** Whether a message bears the signature of its sender. That the sender is one, the rules say. */
  List<Finding> message(OwnerMessage message) {
    Optional<DeviceIdentity> sender =
        before.owner().devices().flatMap(list -> list.device(message.sender().device()));
    boolean forged = sender
        .filter(device -> !new OwnerMessages(signatures)
            .verify(OwnerHeader.of(message), device.ed25519Key())
            .valid())
        .isPresent();
    return forged
        ? List.of(found(
            FindingCode.OWNER_MESSAGE_FORGED,
            "The message does not bear the signature of " + message.sender()))
        : List.of();
  }

  private Finding found(FindingCode code, String what) {
    return new Finding(offset, code, what + ".");
  }
}
