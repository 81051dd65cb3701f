package io.karst.audit;

import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.id.MemberId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares the devices that two rosters name for the same members.
 *
 * <p>A version of a member's device list is one signed statement: it cannot have other devices in
 * another roster, and versions only go up. A server that slips a device into one epoch contradicts
 * itself here.
 */
final class RosterHistory {

  private RosterHistory() {}

  /** Members whose devices contradict what was said before, in ascending order. */
  static List<MemberId> contradictions(
      Collection<RosterEntry> before, Collection<RosterEntry> after) {
    Map<MemberId, Set<RosterEntry>> earlier = byMember(before);
    return byMember(after).entrySet().stream()
        .filter(member ->
            contradicts(earlier.getOrDefault(member.getKey(), Set.of()), member.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean contradicts(Set<RosterEntry> earlier, Set<RosterEntry> later) {
    long newest = highestVersion(earlier);
    long version = highestVersion(later);
    boolean oneVersion = later.stream().allMatch(e -> e.deviceListVersion() == version);
    return !oneVersion || version < newest || (version == newest && !later.equals(earlier));
  }

  private static long highestVersion(Set<RosterEntry> entries) {
    return entries.stream().mapToLong(RosterEntry::deviceListVersion).max().orElse(0);
  }

  private static Map<MemberId, Set<RosterEntry>> byMember(Collection<RosterEntry> roster) {
    return roster.stream()
        .collect(Collectors.groupingBy(RosterEntry::member, TreeMap::new, Collectors.toSet()));
  }
}
