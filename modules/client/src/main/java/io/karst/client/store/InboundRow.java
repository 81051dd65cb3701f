package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/**
 * A session that a device speaks in, as this device hears it.
 *
 * @param session its pickle, encrypted
 * @param heard which indexes were read: the encoded window
 */
public record InboundRow(
    GroupId group, long epoch, DeviceAddress sender, Bytes sessionId, Bytes session, Bytes heard) {

  public InboundRow heard(Bytes session, Bytes heard) {
    return new InboundRow(group, epoch, sender, sessionId, session, heard);
  }
}
