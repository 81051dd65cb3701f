package io.karst.domain.id;

/** Identifies a device: 1 to 64 ASCII characters out of {@code [A-Za-z0-9._@-]}. */
public record DeviceId(String value) implements Comparable<DeviceId> {

  /** Throws {@link InvalidId}. */
  public DeviceId {
    NameSyntax.require("device id", value);
  }

  @Override
  public int compareTo(DeviceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
