package io.karst.simulation;

import io.karst.domain.access.DeviceTrace;
import io.karst.domain.device.Member;
import io.karst.domain.device.MemberCommand;
import io.karst.domain.device.MemberDecision;
import io.karst.domain.device.MemberRules;
import io.karst.domain.epoch.EpochRange;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Group;
import io.karst.domain.group.GroupCommand;
import io.karst.domain.group.GroupRules;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.Map;

/** What the server's processes ask: the real rules, unless somebody bends them. */
interface Rules {

  Rules REAL = new Rules() {};

  default Decision decide(Group group, GroupCommand command, Instant now) {
    return GroupRules.decide(group, command, now);
  }

  default MemberDecision decide(Member member, MemberCommand command, Instant now) {
    return MemberRules.decide(member, command, now);
  }

  /** What a member's account says of its devices when somebody asks why they cannot read. */
  default Map<DeviceId, DeviceTrace> traces(Member member, GroupId group, EpochRange epochs) {
    return DeviceTrace.of(member, group, epochs);
  }

  /** Whether a group that comes back tells again what it does not know to be told. */
  default boolean resumesFanOut() {
    return true;
  }
}
