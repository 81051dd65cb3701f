package io.karst.edge.delivery;

import io.karst.actors.group.GroupView;
import io.karst.proof.merkle.Frontier;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.EpochRecord;
import java.util.List;
import java.util.Optional;

/**
 * Where a subscription begins.
 *
 * @param next offset of the first entry to come
 * @param head the head at that offset, when the reader gave it; else the empty one
 * @param view the group when the subscription began
 * @param frontier of the log at that offset, when the reader asked for it and there is one
 * @param epochs what the reader must know to open the envelopes that follow at once
 */
public record Opening(
    long next,
    Head head,
    Optional<Frontier> frontier,
    Visibility visibility,
    GroupView view,
    List<EpochRecord> epochs) {

  public Opening {
    epochs = List.copyOf(epochs);
  }
}
