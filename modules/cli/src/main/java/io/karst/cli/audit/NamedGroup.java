package io.karst.cli.audit;

import io.karst.cli.profile.GroupNames;
import io.karst.cli.profile.Profile;
import io.karst.cli.session.GroupText;
import io.karst.cli.session.Locations;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.InvalidId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the group that a user means among the names in all profiles, without opening a store. */
final class NamedGroup {

  private final Locations locations;

  NamedGroup(Locations locations) {
    this.locations = locations;
  }

  /** A full id need not be known to any profile: an auditor is in no group. */
  GroupId find(String text) throws IOException {
    try {
      return new GroupId(text);
    } catch (InvalidId e) {
      return GroupText.one(text, List.copyOf(meant(text)));
    }
  }

  private Set<GroupId> meant(String text) throws IOException {
    Set<GroupId> meant = new TreeSet<>();
    for (Profile profile : locations.profiles()) {
      meant.addAll(GroupNames.of(profile).meant(text));
    }
    return meant;
  }
}
