package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.id.DeviceAddress;

/** Whether a member has a device now. One that it has no more it never has again. */
public record DeviceNews(DeviceAddress device, boolean present) implements NodeMessage {}
