package io.karst.domain.epoch;

/** Why an epoch began or must begin. The numbers are wire format and are signed. */
public enum RotationReason {
  CREATED(1),
  MEMBER_JOINED(2),
  MEMBER_LEFT(3),
  MEMBER_REMOVED(4),
  MANUAL(5);

  private final int number;

  RotationReason(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
