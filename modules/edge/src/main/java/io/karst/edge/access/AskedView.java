package io.karst.edge.access;

import io.karst.actors.group.GroupView;
import io.karst.actors.group.Groups;
import io.karst.actors.group.ViewReply;
import io.karst.domain.group.Role;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.Principal;
import io.karst.edge.status.RefusedException;
import java.util.concurrent.CompletionStage;

/**
 * A group, seen by who may ask about a member's devices: the member itself, an admin of the group,
 * an auditor.
 */
record AskedView(Groups groups) {

  /** Fails with {@code GROUP_NOT_FOUND} for outsiders, with {@code ROLE_REQUIRED} for others. */
  CompletionStage<GroupView> of(Principal principal, GroupId group, MemberId about) {
    return switch (principal.role()) {
      case AUDITOR -> groups.inspect(group).thenApply(AskedView::seen);
      case MEMBER ->
        groups
            .view(group, principal.address())
            .thenApply(AskedView::seen)
            .thenApply(view -> allowed(view, principal.address().member(), about));
    };
  }

  private static GroupView allowed(GroupView view, MemberId asking, MemberId about) {
    Role role = view.members().getOrDefault(asking, Role.MEMBER);
    if (!asking.equals(about) && !role.includes(Role.ADMIN)) {
      throw new RefusedException(Reason.ROLE_REQUIRED);
    }
    return view;
  }

  private static GroupView seen(ViewReply reply) {
    return reply.match(new ViewReply.Cases<>() {
      @Override
      public GroupView seen(ViewReply.Seen seen) {
        return seen.view();
      }

      @Override
      public GroupView refused(ViewReply.Refused refused) {
        throw new RefusedException(refused.reason());
      }
    });
  }
}
