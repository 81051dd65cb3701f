package io.karst.client.store;

import io.karst.proof.merkle.Head;

/**
 * How far a group's log was read.
 *
 * <p>Only heads that the server gave out can be resumed from, and they end rows of its journal. So the place is kept beside the last such
 * head, and what lies between is skipped when it comes again.
 *
 * @param cursor the newest head that the server gave out at or before the place
 * @param nextOffset offset of the first entry that was not read
 */
public record Position(Head cursor, long nextOffset) {

  public Position {
    if (nextOffset < cursor.size()) {
      throw new IllegalArgumentException("the place lies before its cursor");
    }
  }

  public static Position at(Head cursor) {
    return new Position(cursor, cursor.size());
  }
}
