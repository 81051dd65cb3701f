package io.karst.audit;

/**
 * Something that is wrong with a log.
 *
 * @param offset of the entry that it was found at; of the next entry when a record could not be
 *     read
 * @param sentence for people: what was found, in full
 */
public record Finding(long offset, FindingCode code, String sentence) {}
