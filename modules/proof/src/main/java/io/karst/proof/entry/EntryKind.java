package io.karst.proof.entry;

/** What an entry of a group's log is. The numbers are hashed: never change or reuse one. */
public enum EntryKind {
  GROUP_CREATED(1),
  MEMBER_ADDED(2),
  MEMBER_REMOVED(3),
  MEMBER_LEFT(4),
  ROLE_CHANGED(5),
  ROTATION_DUE(6),
  EPOCH_ENDED(7),
  EPOCH_STARTED(8),
  EPOCH_KEYS_DELIVERED(9),
  SESSION_OPENED(10),
  GROUP_ARCHIVED(11),
  ENVELOPE(12),
  COMPROMISE_REPORTED(13),
  POLICY_CHANGED(14),
  HISTORY_SHARED(15),
  EPOCH_REFUSED(16),
  EPOCHS_ORPHANED(17),
  DEVICES_REVOKED(18),
  OWNER_DEVICES(19),
  OWNER_MESSAGE(20);

  private final int number;

  EntryKind(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
