package io.karst.client.channel;

import io.karst.client.memory.Unsealed;
import io.karst.client.store.OutboundRow;
import io.karst.client.store.OutboxRow;
import io.karst.client.wire.EnvelopeWire;
import io.karst.client.wire.EpochWire;
import io.karst.domain.id.GroupId;
import io.karst.wire.v1.AppendRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next envelopes to send: the first of the outbox, of one epoch, as many as a frame takes.
 *
 * @param own the session of their epoch, when it is still there
 */
record Frame(GroupId group, List<OutboxRow> rows, Optional<OutboundRow> own) {

  /** As the API bounds a frame. */
  static final int ENVELOPES_MAX = 64;

  /** As the API bounds the ciphertext of a frame. */
  static final int BYTES_MAX = 524_288;

  Frame {
    rows = List.copyOf(rows);
  }

  /** Empty when nothing waits. */
  static Optional<Frame> next(Unsealed memory, GroupId group) {
    List<OutboxRow> rows = new ArrayList<>();
    int bytes = 0;
    for (OutboxRow row : memory.tables().outbox().first(group, ENVELOPES_MAX)) {
      bytes += row.envelope().ciphertext().length();
      boolean sameEpoch =
          rows.isEmpty() || rows.get(0).envelope().epoch() == row.envelope().epoch();
      if (bytes > BYTES_MAX || !sameEpoch) {
        break;
      }
      rows.add(row);
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    long epoch = rows.get(0).envelope().epoch();
    return Optional.of(new Frame(group, rows, memory.tables().sessions().outbound(group, epoch)));
  }

  /** The session's binding goes with it until the log is known to hold it. */
  Optional<OutboundRow> unannounced() {
    return own.filter(session -> !session.announced());
  }

  AppendRequest request() {
    AppendRequest.Builder request = AppendRequest.newBuilder()
        .setGroupId(group.value())
        .addAllEnvelopes(
            rows.stream().map(row -> EnvelopeWire.envelope(row.envelope())).toList());
    unannounced().ifPresent(session -> request.setBinding(EpochWire.binding(session.binding())));
    return request.build();
  }
}
