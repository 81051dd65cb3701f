package io.karst.client.wire;

import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.GetGroupResponse;
import io.karst.wire.v1.GroupMember;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group as the server says it is now. Nothing of it is verified yet.
 *
 * @param members ascending by id
 * @param due why a rotation is due, of several the one with the earliest deadline
 */
public record GroupView(
    Map<MemberId, Role> members,
    Policy policy,
    EpochNews epoch,
    Head head,
    Optional<RotationReason> due,
    boolean archived) {

  public static GroupView of(GetGroupResponse wire) {
    SortedMap<MemberId, Role> members = new TreeMap<>();
    for (GroupMember member : wire.getMembersList()) {
      members.put(DeviceWire.member(member.getMemberId()), EnumWire.role(member.getRole()));
    }
    return new GroupView(
        members,
        PolicyWire.policy(wire.getPolicy()),
        EpochWire.news(wire.getEpoch()),
        EnvelopeWire.head(wire.getHead()),
        wire.hasRotationDue()
            ? Optional.of(EnumWire.reason(wire.getRotationDue().getReason()))
            : Optional.empty(),
        wire.getArchived());
  }

  public GroupView {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }
}
