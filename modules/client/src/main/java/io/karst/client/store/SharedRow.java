package io.karst.client.store;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;

/**
 * A session that another device gave to this one, and vouches for.
 *
 * @param by who gave it
 * @param session its pickle, encrypted
 */
public record SharedRow(
    GroupId group,
    long epoch,
    DeviceAddress sender,
    Bytes sessionId,
    DeviceAddress by,
    Bytes session) {}
