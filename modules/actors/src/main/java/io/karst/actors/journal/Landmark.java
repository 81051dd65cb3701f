package io.karst.actors.journal;

/**
 * Where one record of a group's log stands. All four only grow from record to record, which is what
 * makes them searchable.
 *
 * @param epoch the epoch that is current after the record
 */
record Landmark(long sequenceNumber, long firstOffset, long nextOffset, long epoch) {}
