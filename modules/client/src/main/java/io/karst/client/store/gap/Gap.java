package io.karst.client.store.gap;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/**
 * Messages of a session that did not come though they should have.
 *
 * @param sessionId the session's Ed25519 key, 32 bytes
 */
public record Gap(
    GroupId group, long epoch, DeviceAddress sender, Bytes sessionId, IndexRange range) {

  /** The same session's gap at other indices. */
  public Gap at(IndexRange other) {
    return new Gap(group, epoch, sender, sessionId, other);
  }
}
