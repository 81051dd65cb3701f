package io.karst.domain.history;

/**
 * What members may give to a device of the epochs before it joined. The numbers are wire format and
 * are hashed.
 */
public enum History {
  /** Nothing. */
  NONE(1),
  /** Every epoch from one on that an admin chooses. */
  FROM_INDEX(2),
  /** Everything, by any member, and at the join. */
  WHOLE(3);

  private final int number;

  History(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
