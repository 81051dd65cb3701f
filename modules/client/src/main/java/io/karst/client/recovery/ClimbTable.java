package io.karst.client.recovery;

import io.karst.domain.id.GroupId;
import java.time.Instant;
import java.util.List;

/** Climbs of the recovery ladder that are under way, and what was spent on them. */
public interface ClimbTable {

  /** Of all groups, in ascending order of id. */
  List<GroupId> groups();

  /** The climbs of a group, in the order in which they began. */
  List<Climb> of(GroupId group);

  /** Stores these in place of a group's climbs. */
  void replace(GroupId group, List<Climb> climbs);

  /** How often something was spent since then. */
  int spentSince(String what, Instant since);

  /** Remembers that something was spent, and forgets what was spent before {@code since}. */
  void spend(String what, Instant at, Instant since);
}
