package io.karst.client.recovery;

import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.List;

/**
 * What a device sees at one moment from where a climb stands.
 *
 * @param lost whether an epoch of the climb is still lost, and was not given up
 * @param newest whether the group's newest epoch is among those
 * @param others devices that could be asked, in the order in which to ask them
 * @param mayRenew whether this device may start an epoch of itself once more
 * @param drawn a random number, from 0 to 1
 */
public record Outlook(
    Instant now,
    boolean lost,
    boolean newest,
    List<DeviceAddress> others,
    boolean mayRenew,
    double drawn) {

  public Outlook {
    others = List.copyOf(others);
  }
}
