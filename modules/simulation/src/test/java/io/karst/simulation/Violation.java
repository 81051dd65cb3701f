package io.karst.simulation;

/** Something that must never be. */
record Violation(Kind kind, int step, String what) {

  enum Kind {
    /** The server answered that something nobody foresaw went wrong. */
    SERVER_FAILED,
    /** The rules decided what cannot follow the log. */
    IMPOSSIBLE,
    /** A message came twice, out of order, or as something else. */
    MISHEARD,
    /** Who should have read a message did not. */
    UNREAD,
    /** A message that can be read was not, or for a reason that does not hold. */
    UNREADABLE,
    /** The server gave a reason for not reading a message that does not hold. */
    WRONG_REASON,
    /** Who must not read a message could. */
    OVERHEARD,
    /** A message that the server took is not in the log once, in the order of sending. */
    LOST,
    /** A message was taken although somebody or a device had left and no epoch had started. */
    ROTATION_SKIPPED,
    /** A message of an epoch that was over was taken. */
    LATE_ENVELOPE,
    /** A message of a device was taken that the group knew to be revoked. */
    REVOKED_HEARD,
    /** A one-time key was handed out twice. */
    KEY_REUSED,
    /** An epoch's keys did not reach the inboxes. */
    KEYS_NOT_DELIVERED,
    /** A device holds a manifest that is not the log's. */
    MANIFEST,
    /** The audit found something. */
    AUDIT,
    /** A recovered state is not the one that was lost. */
    RECOVERY,
    /** Something grew beyond its bound. */
    UNBOUNDED,
    /** The SDK warned of an attack. */
    ALARM,
    /** After the calm, something is still under way. */
    NOT_SETTLED
  }

  @Override
  public String toString() {
    return "step " + step + ": " + kind + ": " + what;
  }
}
