package io.karst.domain.owner;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import java.util.List;
import java.util.Optional;

/**
 * What a device says to its member's other devices.
 *
 * <p>Invariant: at most {@value #COPIES_MAX} copies, ascending by device, each device once, none
 * for the sender.
 *
 * @param deviceListVersion of the member's device list from which the receivers were taken
 * @param signature of the sending device over who sends what to whom, 64 bytes; that it is right is
 *     shown by {@code proof}, not here
 */
public record OwnerMessage(
    DeviceAddress sender,
    ClientId clientId,
    long deviceListVersion,
    List<OwnerCopy> copies,
    Bytes signature) {

  /** One for each device of a member but the sender. */
  public static final int COPIES_MAX = DeviceList.DEVICES_MAX - 1;

  public OwnerMessage {
    copies = List.copyOf(copies);
    require(deviceListVersion >= 1, "version starts at 1");
    require(signature.length() == 64, "a signature has 64 bytes");
    require(copies.size() <= COPIES_MAX, "at most 7 copies");
    for (int i = 0; i < copies.size(); i++) {
      DeviceId to = copies.get(i).to();
      require(!to.equals(sender.device()), "no copy for the sender");
      require(
          i == 0 || copies.get(i - 1).to().compareTo(to) < 0,
          "copies ascend by device, each device once");
    }
  }

  /** What is sealed to a device. */
  public Optional<OwnerCopy> copyFor(DeviceId device) {
    return copies.stream().filter(copy -> copy.to().equals(device)).findFirst();
  }

  /** Bytes of all copies. */
  public int size() {
    return copies.stream().mapToInt(copy -> copy.olmMessage().length()).sum();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
