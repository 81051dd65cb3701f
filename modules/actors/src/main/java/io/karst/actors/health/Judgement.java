package io.karst.actors.health;

/**
 * What is thought of a node after its newest probe.
 *
 * <p>A single lost query is no outage: the journal counts as gone after several in a row, and as
 * back after one that succeeds. Membership of the cluster is known for certain and counts at once.
 *
 * @param failures probes of the journal that failed in a row
 * @param serving whether the node can do its work
 */
record Judgement(int failures, boolean serving) {

  /** A node that has just started has reached its journal and joined the cluster. */
  static final Judgement STARTED = new Judgement(0, true);

  Judgement after(boolean member, boolean answered, int failuresMax) {
    // Counting stops where it makes no difference any more.
    int failed = answered ? 0 : Math.min(failures + 1, failuresMax);
    boolean reachable = answered || (serving && failed < failuresMax);
    return new Judgement(failed, member && reachable);
  }
}
