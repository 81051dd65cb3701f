package io.karst.journal.history;

import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import java.util.HashMap;
import java.util.Map;

/** A group whose keys do not fit into one record, in epoch 1. Mutable, for one test. */
public final class LargeGroup {

  private final TestMembers members = new TestMembers();
  private final MemberId owner = members.register("a-owner", "phone");

  public final TestDevice phone = members.device(owner, 0);
  public final GroupHistory history = new GroupHistory(members, owner);

  /** With so many devices. */
  public LargeGroup(int devices) {
    Map<MemberId, Role> others = new HashMap<>();
    for (int i = 1; i < devices; i++) {
      others.put(members.register("member-%04d".formatted(i), "phone"), Role.MEMBER);
    }
    history.create(phone, others);
  }
}
