package io.karst.client.store;

import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Head;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Groups, and the heads of their logs that the server gave out. */
public interface GroupTable {

  /**
   * Members compare heads while they talk; older than these, and nobody speaks of them any more.
   */
  int HEADS_MAX = 512;

  Optional<GroupRow> find(GroupId group);

  /** In ascending order of id. */
  List<GroupRow> all();

  /** Adds or replaces. */
  void save(GroupRow row);

  /** Whether keys of what was read are kept: unless the policy is known to be forward-only. */
  boolean keepsKeys(GroupId group);

  void saveKeepsKeys(GroupId group, boolean keeps);

  /**
   * Until when a rotation may wait that is due as far as the log was read; of several, the last.
   */
  Optional<Instant> rotationDue(GroupId group);

  /** Remembers that a rotation is due; one whose deadline is earlier changes nothing. */
  void addRotationDue(GroupId group, Instant deadline);

  /** A new epoch has begun. */
  void forgetRotationDue(GroupId group);

  /** The head of a given size, when it was seen. */
  Optional<Head> head(GroupId group, long size);

  Optional<Head> newestHead(GroupId group);

  /**
   * Adds heads unless one of their size is there, and forgets the smallest beyond
   * {@link #HEADS_MAX}.
   */
  void addHeads(GroupId group, Collection<Head> heads);
}
