package io.karst.crypto.megolm;

/** How one receiving session relates to another. */
public enum SessionOrdering {
  /** Same session, same first known index. */
  EQUAL,
  /** Same session, and it reads messages that the other cannot. */
  BETTER,
  /** Same session, and the other reads messages that it cannot. */
  WORSE,
  /** Another session, or one whose ratchet was tampered with. */
  UNCONNECTED
}
