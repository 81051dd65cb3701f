package io.karst.domain.id;

/** Identifies a member: 1 to 64 ASCII characters out of {@code [A-Za-z0-9._@-]}. */
public record MemberId(String value) implements Comparable<MemberId> {

  /** Throws {@link InvalidId}. */
  public MemberId {
    NameSyntax.require("member id", value);
  }

  @Override
  public int compareTo(MemberId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
