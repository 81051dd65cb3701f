package io.karst.client.recovery;

/**
 * Where a climb stands. Its first rung, the inbox, is behind every climb: it begins when what came
 * by the inbox or the stream did not help. The names are stored: never rename or reuse one.
 */
public enum Rung {
  /** Reads this device's own sealed key from the group's log. */
  LOG,
  /** Asks other devices, a few at a time. */
  MEMBERS,
  /** Tries the keys that were given on what was said. */
  PROOF,
  /** Starts an epoch that this device can open, since the newest is none. */
  RENEWAL
}
