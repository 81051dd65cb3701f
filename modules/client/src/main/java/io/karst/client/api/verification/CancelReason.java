package io.karst.client.api.verification;

/** Why a verification ended without success. */
public enum CancelReason {
  /** A person gave it up, or a device ended. */
  GIVEN_UP("it was given up"),
  /** It took longer than ten minutes. */
  TIMEOUT("it took too long"),
  /** A person saw that what the screens show differs: somebody may be in between. */
  MISMATCH("what the two screens show is not the same"),
  /** The key that was revealed is not the one that was committed to. */
  COMMITMENT("the other device did not keep to its commitment"),
  /** The devices that were vouched for are not those that this device knows. */
  KEYS("the keys are not those that the two devices know of each other"),
  /** A step that cannot follow. */
  UNEXPECTED("the other device sent what cannot follow"),
  /** No way to compare that both devices know. */
  METHOD("the devices know no common way to compare");

  private final String sentence;

  CancelReason(String sentence) {
    this.sentence = sentence;
  }

  /** For a person, without a full stop. */
  public String sentence() {
    return sentence;
  }

  /** Whether somebody may be in between the devices, or pose as one of them. */
  public boolean isAlarming() {
    return switch (this) {
      case MISMATCH, COMMITMENT, KEYS -> true;
      case GIVEN_UP, TIMEOUT, UNEXPECTED, METHOD -> false;
    };
  }
}
