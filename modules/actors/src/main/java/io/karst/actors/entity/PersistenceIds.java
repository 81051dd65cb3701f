package io.karst.actors.entity;

import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import org.apache.pekko.persistence.typed.PersistenceId;

/** Under which names entities are stored. Never change one. */
public final class PersistenceIds {

  public static final String GROUP = "group";
  public static final String MEMBER = "member";

  private PersistenceIds() {}

  public static PersistenceId of(GroupId group) {
    return PersistenceId.of(GROUP, group.value());
  }

  public static PersistenceId of(MemberId member) {
    return PersistenceId.of(MEMBER, member.value());
  }
}
