package io.karst.client.store;

import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.List;
import java.util.Optional;

/** Megolm sessions: what this device hears and what it speaks. */
public interface SessionTable {

  /** A device opens one session in an epoch. */
  Optional<InboundRow> inbound(GroupId group, long epoch, DeviceAddress sender);

  /** The sessions heard in epochs, both included, the oldest epoch first. */
  List<InboundRow> inbound(GroupId group, long fromEpoch, long toEpoch);

  void saveInbound(InboundRow row);

  Optional<OutboundRow> outbound(GroupId group, long epoch);

  /** Adds or replaces the session of its epoch, and forgets those of earlier epochs. */
  void saveOutbound(OutboundRow row);
}
