package io.karst.actors.member;

import io.karst.actors.serialization.NodeMessage;
import io.karst.domain.id.DeviceAddress;

/**
 * A device's inbox tells of a share of keys, now or since an earlier telling, or there is nobody to
 * tell.
 *
 * @param offset the place of the share in its group's log
 */
public record ShareTold(DeviceAddress to, long offset) implements NodeMessage {}
