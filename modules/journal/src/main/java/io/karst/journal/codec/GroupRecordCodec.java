package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;
import static io.karst.journal.codec.Fields.readAll;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.GroupId;
import io.karst.journal.log.StoredRecord;
import io.karst.journal.v1.GroupRecord;
import io.karst.proof.merkle.Frontier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records of one group's journal as bytes: {@code karst.journal.v1.GroupRecord}.
 *
 * <p>What is stored is for ever: fields are only added, and a reader ignores those that it does not
 * know. A record is {@link CorruptRecord corrupt} if a reader knows no event in it, or a value that
 * it knows is out of bounds.
 */
public final class GroupRecordCodec {

  private final GroupId group;

  /** The group's id is not stored in every record. */
  public GroupRecordCodec(GroupId group) {
    this.group = group;
  }

  /** Encodes deterministically. Times in the event have whole milliseconds. */
  public byte[] encode(StoredRecord record) {
    GroupRecord.Builder target = GroupRecord.newBuilder()
        .setFirstOffset(record.firstOffset())
        .setAtMillis(Fields.millis(record.at()))
        .setEpoch(record.epoch())
        .setRoot(Fields.bytes(record.root()));
    record
        .frontier()
        .ifPresent(before ->
            target.addAllPeaks(before.peaks().stream().map(Fields::bytes).toList()));
    return Wire.write(record.event().match(new GroupEventWriter(target)).build());
  }

  /** Throws {@link CorruptRecord}. */
  public StoredRecord decode(byte[] bytes) {
    GroupRecord record = Wire.read(GroupRecord.parser(), bytes);
    Instant at = read("at_millis", () -> Fields.time(record.getAtMillis()));
    GroupEvent event = new GroupEventReader(group, at).event(record);
    Bytes root = Fields.bytes(record.getRoot());
    return read(
        "record",
        () -> new StoredRecord(
            record.getFirstOffset(), at, record.getEpoch(), root, event, frontier(record)));
  }

  private static Optional<Frontier> frontier(GroupRecord record) {
    if (record.getPeaksCount() == 0) {
      return Optional.empty();
    }
    List<Bytes> peaks =
        readAll("peaks", record.getPeaksCount(), i -> Fields.bytes(record.getPeaks(i)));
    return Optional.of(new Frontier(record.getFirstOffset(), peaks));
  }
}
