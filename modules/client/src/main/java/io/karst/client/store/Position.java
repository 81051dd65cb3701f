package io.karst.client.store;

import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import java.util.Optional;

/**
 * How far a group's log was read.
 *
 * <p>Only heads that the server gave out can be resumed from, and they end rows of its journal. So
 * the place is kept beside the last such head, and what lies between is skipped when it comes
 * again.
 *
 * @param cursor the newest head that the server gave out at or before the place; absent before the
 *     first
 * @param nextOffset offset of the first entry that was not read
 * @param tree over all entries before the place; absent where the server has not told the one of
 *     the place where the reading began
 */
public record Position(Optional<Head> cursor, long nextOffset, Optional<Frontier> tree) {

  /** Where the log of a group begins that this device created. */
  public static final Position BEGINNING =
      new Position(Optional.of(Head.EMPTY), 0, Optional.of(Frontier.EMPTY));

  /** Somewhere in the middle, where the device's first epoch started. */
  public static final Position UNKNOWN = new Position(Optional.empty(), 0, Optional.empty());

  public Position {
    if (cursor.filter(head -> head.size() > nextOffset).isPresent()) {
      throw new IllegalArgumentException("the place lies before its cursor");
    }
    if (tree.filter(frontier -> frontier.size() != nextOffset).isPresent()) {
      throw new IllegalArgumentException("the tree does not end at the place");
    }
  }
}
