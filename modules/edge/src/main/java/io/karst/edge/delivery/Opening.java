package io.karst.edge.delivery;

import io.karst.actors.group.GroupView;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.EpochRecord;
import java.util.List;

/**
 * Where a subscription begins.
 *
 * @param next offset of the first entry to come
 * @param head the head at that offset, when the reader gave it; else the empty one
 * @param view the group when the subscription began
 * @param epochs what the reader must know to open the envelopes that follow at once
 */
public record Opening(
    long next, Head head, Visibility visibility, GroupView view, List<EpochRecord> epochs) {

  public Opening {
    epochs = List.copyOf(epochs);
  }
}
