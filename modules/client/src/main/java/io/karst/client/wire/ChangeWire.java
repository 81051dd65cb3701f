package io.karst.client.wire;

import io.karst.domain.group.Change;
import io.karst.domain.group.Role;
import io.karst.domain.id.MemberId;
import io.karst.wire.v1.GroupMember;

/** Changes of membership. */
public final class ChangeWire implements Change.Cases<io.karst.wire.v1.Change> {

  private ChangeWire() {}

  public static io.karst.wire.v1.Change change(Change change) {
    return change.match(new ChangeWire());
  }

  public static GroupMember member(MemberId member, Role role) {
    return GroupMember.newBuilder()
        .setMemberId(member.value())
        .setRole(EnumWire.role(role))
        .build();
  }

  @Override
  public io.karst.wire.v1.Change add(Change.Add change) {
    return io.karst.wire.v1.Change.newBuilder()
        .setAdd(member(change.member(), change.role()))
        .build();
  }

  @Override
  public io.karst.wire.v1.Change remove(Change.Remove change) {
    return io.karst.wire.v1.Change.newBuilder()
        .setRemoveMemberId(change.member().value())
        .build();
  }

  @Override
  public io.karst.wire.v1.Change setRole(Change.SetRole change) {
    return io.karst.wire.v1.Change.newBuilder()
        .setSetRole(member(change.member(), change.role()))
        .build();
  }
}
