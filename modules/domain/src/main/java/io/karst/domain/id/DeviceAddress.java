package io.karst.domain.id;

import java.util.Comparator;

/** One device of one member. */
public record DeviceAddress(MemberId member, DeviceId device) implements Comparable<DeviceAddress> {

  private static final Comparator<DeviceAddress> ORDER =
      Comparator.comparing(DeviceAddress::member).thenComparing(DeviceAddress::device);

  /** Parses both ids; throws {@link InvalidId}. */
  public static DeviceAddress of(String member, String device) {
    return new DeviceAddress(new MemberId(member), new DeviceId(device));
  }

  @Override
  public int compareTo(DeviceAddress other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return member + "/" + device;
  }
}
