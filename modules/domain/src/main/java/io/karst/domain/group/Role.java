package io.karst.domain.group;

/** What a member may do; each role includes the ones before it. The numbers are wire format. */
public enum Role {
  MEMBER(1),
  ADMIN(2),
  OWNER(3);

  private final int number;

  Role(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public boolean includes(Role other) {
    return number >= other.number;
  }
}
