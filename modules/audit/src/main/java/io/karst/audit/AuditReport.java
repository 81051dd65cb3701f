package io.karst.audit;

import io.karst.domain.id.GroupId;
import io.karst.proof.merkle.Head;
import java.util.List;

/**
 * What an audit came to.
 *
 * @param head how far the log was replayed
 * @param records how many were replayed
 * @param complete whether the replay reached the end of the log
 * @param findingCount how many there were, also beyond those that are kept
 * @param findings the first ones, at most {@value #FINDINGS_MAX}
 */
public record AuditReport(
    GroupId group,
    Head head,
    long records,
    boolean complete,
    long findingCount,
    List<Finding> findings) {

  /** A log with more is beyond repair; a sink is told all of them. */
  public static final int FINDINGS_MAX = 1_000;

  public AuditReport {
    findings = List.copyOf(findings);
    if (findings.size() > FINDINGS_MAX) {
      throw new IllegalArgumentException("at most " + FINDINGS_MAX + " findings are kept");
    }
  }

  /** Whether the whole log was replayed and nothing was found. */
  public boolean sound() {
    return complete && findingCount == 0;
  }
}
