package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.GroupId;

/**
 * This device's own session of an epoch.
 *
 * @param announced whether the log holds the binding
 * @param session its pickle, encrypted
 */
public record OutboundRow(GroupId group, SessionBinding binding, boolean announced, Bytes session) {

  public long epoch() {
    return binding.epoch();
  }

  public OutboundRow withSession(Bytes session) {
    return new OutboundRow(group, binding, announced, session);
  }

  public OutboundRow unannounced() {
    return new OutboundRow(group, binding, false, session);
  }

  public OutboundRow withAnnounced() {
    return new OutboundRow(group, binding, true, session);
  }
}
