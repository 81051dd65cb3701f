package io.karst.domain.group;

import static io.karst.domain.group.Decision.refuse;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a group may be created as asked. */
record CreateRules(Group group, GroupCommand.Create command, Instant at) {

  Decision decide() {
    if (group.exists()) {
      return isRepeated() ? Decision.accept() : refuse(Reason.GROUP_EXISTS);
    }
    return problem().map(Decision::refuse).orElseGet(this::create);
  }

  /**
   * The first manifest names its committer and its roster: who can show it again has created this
   * group.
   */
  private boolean isRepeated() {
    return command.by().equals(command.manifest().manifest().committer())
        && command.nonce().equals(group.nonce())
        && command.manifest().hash().equals(group.epochs().firstManifestHash());
  }

  private Optional<Reason> problem() {
    if (!command.groupId().equals(group.id())) {
      return Optional.of(Reason.GROUP_ID_MISMATCH);
    }
    if (command.members().containsKey(command.by().member())) {
      return Optional.of(Reason.ALREADY_MEMBER);
    }
    if (command.members().size() + 1 > Group.MEMBERS_MAX) {
      return Optional.of(Reason.GROUP_FULL);
    }
    var terms = new EpochProposal.Terms(group.id(), 1, Bytes.EMPTY, RotationReason.CREATED);
    return proposal().problem(terms, allMembers());
  }

  private Decision create() {
    var events = new ArrayList<GroupEvent>();
    var by = command.by();
    events.add(new GroupEvent.GroupCreated(by, group.id(), command.nonce(), command.policy(), at));
    events.add(new GroupEvent.MemberAdded(by, by.member(), Role.OWNER, at));
    command.members().entrySet().stream()
        .map(entry -> new GroupEvent.MemberAdded(by, entry.getKey(), entry.getValue(), at))
        .sorted(Comparator.comparing(GroupEvent.MemberAdded::member))
        .forEach(events::add);
    events.add(proposal().started(at));
    return new Decision.Accepted(events);
  }

  private Set<MemberId> allMembers() {
    var all = new HashSet<>(command.members().keySet());
    all.add(command.by().member());
    return all;
  }

  private EpochProposal proposal() {
    return new EpochProposal(
        command.by(), command.manifest(), command.sealedKeys(), command.registered());
  }
}
