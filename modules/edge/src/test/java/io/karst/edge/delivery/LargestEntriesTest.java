package io.karst.edge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.call.MessageLimits;
import io.karst.edge.message.EntryMapping;
import io.karst.edge.message.FrameMapping;
import io.karst.edge.scene.LargestGroup;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.log.StoredRecord;
import io.karst.wire.v1.Entries;
import io.karst.wire.v1.LogEntry;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What entries of the log can make of a message, whether they are many or large. */
class LargestEntriesTest {

  /** Of a page of the journal that goes out as one answer, but for a single larger row. */
  private static final int PAGE = 256 << 10;

  private static final DeviceAddress SENDER = LargestGroup.DEVICES.get(0);

  @Test
  void theLargestRowsFitIntoAMessageEach() {
    int all = Submission.ENVELOPES_MAX;
    assertFits(appended(all, FrameMapping.CIPHERTEXT_MAX / all));
    assertFits(LargestGroup.started(1L << 60));
    assertFits(LargestGroup.record(new GroupEvent.SessionOpened(binding(), LargestGroup.at())));
  }

  /** A stored envelope does not repeat its session, one on the wire does. */
  @Test
  void aPageOfSmallEnvelopesFitsToo() {
    StoredRecord row = appended(256, 100);
    int stored = new GroupRecordCodec(LargestGroup.ID).encode(row).length;
    int rows = PAGE / stored + 1;
    assertThat(rows * size(row)).isLessThanOrEqualTo(MessageLimits.ANSWER_BYTES_MAX);
  }

  /** Entries go out once they have 128 KiB, so one row may come on top. */
  private static void assertFits(StoredRecord row) {
    assertThat((128 << 10) + size(row)).isLessThanOrEqualTo(MessageLimits.ANSWER_BYTES_MAX);
  }

  private static int size(StoredRecord row) {
    List<LogEntry> entries = EntryMapping.entries(row);
    return Entries.newBuilder().addAllEntries(entries).build().getSerializedSize();
  }

  private static StoredRecord appended(int count, int ciphertext) {
    Bytes content = LargestGroup.bytes(ciphertext);
    List<Envelope> envelopes = LongStream.range(0, count)
        .mapToObj(i -> new Envelope(
            1L << 60,
            SENDER,
            LargestGroup.bytes(32),
            Envelope.MESSAGE_INDEX_MAX - i,
            new ClientId(LargestGroup.bytes(ClientId.LENGTH_MAX)),
            content))
        .toList();
    return LargestGroup.record(new GroupEvent.EnvelopesAppended(envelopes, LargestGroup.at()));
  }

  private static SessionBinding binding() {
    return LargestGroup.sessions(1L << 60).get(0);
  }
}
