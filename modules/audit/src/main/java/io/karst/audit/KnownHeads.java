package io.karst.audit;

import io.karst.proof.merkle.Head;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Heads that somebody was shown, compared with the log as it is replayed.
 *
 * <p>A server that shows two people two logs is found out here. Mutable, for one replay.
 */
final class KnownHeads {

  private final List<Head> ascending;
  private int next;

  KnownHeads(Collection<Head> heads) {
    ascending = heads.stream().sorted(Comparator.comparingLong(Head::size)).toList();
  }

  /** What the log contradicts now that it has reached {@code head}. */
  List<Finding> reached(Head head) {
    var findings = new ArrayList<Finding>();
    while (next < ascending.size() && ascending.get(next).size() <= head.size()) {
      Head known = ascending.get(next++);
      if (!known.equals(head)) {
        findings.add(new Finding(
            known.size(),
            FindingCode.HEAD_CONTRADICTED,
            "Somebody was shown another log of %d entries.".formatted(known.size())));
      }
    }
    return findings;
  }

  /** What the log has not reached, now that it is at its end. */
  List<Finding> ended(Head head) {
    return ascending.subList(next, ascending.size()).stream()
        .map(known -> new Finding(
            head.size(),
            FindingCode.LOG_CUT_OFF,
            "Somebody was shown %d entries, but the log has %d."
                .formatted(known.size(), head.size())))
        .toList();
  }
}
