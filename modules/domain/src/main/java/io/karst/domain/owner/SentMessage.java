package io.karst.domain.owner;

import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceId;
import java.time.Instant;

/** What is remembered of an owner message: enough to answer a retry like the first time. */
public record SentMessage(DeviceId by, ClientId clientId, long offset, Instant acceptedAt) {}
