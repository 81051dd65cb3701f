package io.karst.actors.journal;

import io.karst.domain.bytes.Bytes;

/**
 * One row of a group's journal as it is stored: a {@code karst.journal.v1.GroupRecord}, and its
 * number, from 1.
 */
public record JournalRow(long sequenceNumber, Bytes record) {}
