package io.karst.domain.epoch;

/** Why an epoch began or must begin. The numbers are wire format and are signed. */
public enum RotationReason {
  CREATED(1),
  MEMBER_JOINED(2),
  MEMBER_LEFT(3),
  MEMBER_REMOVED(4),
  MANUAL(5),
  /** A member says that somebody outside may know the key. */
  COMPROMISE(6),
  /** The epoch is as old as the policy lets it become. */
  AGE(7),
  /** As many messages were taken in the epoch as the policy allows. */
  VOLUME(8),
  /** A member has a device that the roster lacks. */
  DEVICE_ADDED(9),
  /** A member has revoked a device of the roster. */
  DEVICE_REMOVED(10),
  /** Nobody had the keys of the epochs before, which are given up. */
  RESET(11);

  private final int number;

  RotationReason(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
