package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.id.DeviceAddress;

/** A device's inbox has items up to this sequence. The items themselves are fetched. */
public record InboxChanged(DeviceAddress device, long lastSequence) implements NodeMessage {}
