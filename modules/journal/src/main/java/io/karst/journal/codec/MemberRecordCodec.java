package io.karst.journal.codec;

import static io.karst.journal.codec.Fields.read;

import io.karst.domain.device.MemberEvent;
import io.karst.domain.id.MemberId;
import io.karst.journal.v1.MemberRecord;
import java.time.Instant;

/**
 * Events of one member as bytes: {@code karst.journal.v1.MemberRecord}.
 *
 * <p>The rules of {@link GroupRecordCodec} hold: fields are only added, and what nobody can have
 * written is {@link CorruptRecord corrupt}.
 */
public final class MemberRecordCodec {

  private final MemberId member;

  /** The member's id is not stored in every record. */
  public MemberRecordCodec(MemberId member) {
    this.member = member;
  }

  /** Encodes deterministically. Times in the event have whole milliseconds. */
  public byte[] encode(MemberEvent event) {
    MemberRecord.Builder target = MemberRecord.newBuilder().setAtMillis(Fields.millis(event.at()));
    return Wire.write(event.match(new MemberEventWriter(target)).build());
  }

  /** Throws {@link CorruptRecord}. */
  public MemberEvent decode(byte[] bytes) {
    MemberRecord record = Wire.read(MemberRecord.parser(), bytes);
    Instant at = read("at_millis", () -> Fields.time(record.getAtMillis()));
    return new MemberEventReader(member, at).event(record);
  }
}
