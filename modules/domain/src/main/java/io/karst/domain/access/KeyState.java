package io.karst.domain.access;

/**
 * How far a sealed key has come on its way to a device. The numbers are wire format: never reuse
 * one.
 */
public enum KeyState {
  /** There is none for this device. */
  NOT_SEALED(1),
  /** It is in the group's log. */
  SEALED(2),
  /** It is in the device's inbox. */
  DELIVERED(3),
  /** It left the inbox unread, to make room; its copy is in the group's log. */
  CROWDED_OUT(4),
  /** The device says that it has stored it. */
  ACKNOWLEDGED(5);

  private final int number;

  KeyState(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
