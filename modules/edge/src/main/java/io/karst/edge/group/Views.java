package io.karst.edge.group;

import io.karst.actors.group.GroupView;
import io.karst.edge.message.EpochMapping;
import io.karst.edge.message.GroupMapping;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.GetGroupResponse;
import java.util.Map;

/** A group as its members see it, as a message. */
final class Views {

  private Views() {}

  static GetGroupResponse response(GroupView view, EpochRecord epoch) {
    var response = GetGroupResponse.newBuilder()
        .setGroupId(view.group().value())
        .setPolicy(GroupMapping.policy(view.policy()))
        .setEpoch(epoch)
        .setHead(GroupMapping.head(view.head()))
        .setArchived(view.archived());
    view.members().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(member -> GroupMapping.member(member.getKey(), member.getValue()))
        .forEach(response::addMembers);
    view.due().stream()
        .findFirst()
        .ifPresent(due -> response.setRotationDue(EpochMapping.due(due.reason(), due.deadline())));
    return response.build();
  }
}
