package io.karst.domain.id;

import io.karst.domain.refusal.Reason;

/** Identifies a group: 32 lower-case hexadecimal characters, made from its creator and a nonce. */
public record GroupId(String value) implements Comparable<GroupId> {

  public static final int LENGTH = 32;

  /** Throws {@link InvalidId}. */
  public GroupId {
    if (value.isEmpty()) {
      throw new InvalidId(Reason.ID_EMPTY, "group id is empty");
    }
    if (value.length() > LENGTH) {
      throw new InvalidId(Reason.ID_TOO_LONG, "group id has more than " + LENGTH + " characters");
    }
    if (value.length() < LENGTH || !value.chars().allMatch(GroupId::isLowerHex)) {
      throw new InvalidId(
          Reason.ID_INVALID, "group id is not 32 lower-case hexadecimal characters");
    }
  }

  @Override
  public int compareTo(GroupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
