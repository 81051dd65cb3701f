package io.karst.domain.device;

/** What an account may do at all, fixed when it is enrolled. The numbers are stored. */
public enum AccountRole {
  /** Takes part in groups. */
  MEMBER(1),
  /** Reads logs and does nothing else. */
  AUDITOR(2);

  private final int number;

  AccountRole(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
