package io.karst.audit;

import io.karst.domain.group.Change;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.TestDevice;
import io.karst.journal.history.TestMembers;
import io.karst.proof.merkle.Head;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A small honest log in which the usual things happen: epoch 1 ada and bo, 2 with cleo, 3 without
 * bo.
 */
final class Scene {

  final TestMembers members = new TestMembers();
  final MemberId ada = members.register("ada", "laptop", "phone");
  final MemberId bo = members.register("bo", "phone");
  final MemberId cleo = members.register("cleo", "phone");
  final TestDevice laptop = members.device(ada, 0);
  final TestDevice bosPhone = members.device(bo, 0);
  final TestDevice cleosPhone = members.device(cleo, 0);
  final GroupHistory history = new GroupHistory(members, ada);

  Scene() {
    history.create(laptop, Map.of(bo, Role.MEMBER));
    history.markDelivered(1);
    history.pass(Duration.ofSeconds(1));
    history.send(laptop, 1, 0, 1);
    history.send(bosPhone, 1, 0);
    history.commit(laptop, new Change.Add(cleo, Role.MEMBER));
    history.pass(Duration.ofSeconds(1));
    history.send(bosPhone, 1, 1);
    history.send(cleosPhone, 2, 0);
    history.commit(laptop, new Change.Remove(bo));
    history.send(laptop, 3, 0);
  }

  AuditReport audit() {
    return audit(history.stored());
  }

  AuditReport audit(List<byte[]> stored) {
    return audit(stored, List.of());
  }

  AuditReport audit(List<byte[]> stored, Collection<Head> shownHeads) {
    return new AuditReplay(history.id(), new CollectedRows(), shownHeads).run(stored.iterator());
  }
}
