package io.karst.actors.group;

import io.karst.actors.group.GroupMessage.Append;
import io.karst.domain.group.Decision;
import io.karst.domain.group.Group;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.journal.log.GroupLog;
import io.karst.proof.merkle.Head;
import java.time.Instant;
import java.util.List;

/**
 * What a group says to whoever asked, and what it keeps to itself: to an outsider it does not
 * exist.
 */
public final class GroupReplies {

  private GroupReplies() {}

  public static GroupReply done(GroupLog log) {
    Group group = log.group();
    return new GroupReply.Done(group.epoch().number(), group.epoch().startedOffset(), log.head());
  }

  public static GroupReply refused(Reason reason, Group group) {
    boolean outside = reason == Reason.GROUP_NOT_FOUND || reason == Reason.GROUP_EXISTS;
    return new GroupReply.Refused(reason, outside ? 0 : group.epoch().number());
  }

  public static ViewReply view(GroupLog log, DeviceAddress by, Instant now) {
    return log.group().isReadBy(by.member())
        ? new ViewReply.Seen(GroupView.of(log.group(), log.head(), now))
        : new ViewReply.Refused(Reason.GROUP_NOT_FOUND);
  }

  public static ViewReply inspected(GroupLog log, Instant now) {
    return log.group().exists()
        ? new ViewReply.Seen(GroupView.of(log.group(), log.head(), now))
        : new ViewReply.Refused(Reason.GROUP_NOT_FOUND);
  }

  public static AppendReply judged(
      Append frame, List<Decision.Outcome> outcomes, Group group, Head head) {
    return group.isReadBy(frame.submission().by().member())
        ? new AppendReply.Judged(frame.frame(), outcomes, head, group.epoch().number())
        : new AppendReply.Refused(frame.frame(), Reason.GROUP_NOT_FOUND);
  }
}
