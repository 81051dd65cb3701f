package io.karst.domain.group;

import java.time.Instant;

/** Where an envelope stands in the log, and since when. */
public record Receipt(long offset, Instant acceptedAt) {}
