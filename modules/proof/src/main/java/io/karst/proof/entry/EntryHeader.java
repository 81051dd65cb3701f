package io.karst.proof.entry;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.StatementWriter;
import java.time.Instant;

/**
 * The hashed header of an entry (docs/protocol.md, "Entries").
 *
 * @param epoch the one current once the entry is written; of an envelope, the one it was encrypted
 *     in
 * @param acceptedAt hashed to the millisecond
 * @param member who caused the entry; empty when the server did
 * @param device likewise
 * @param sessionId empty unless the entry is an envelope
 * @param messageIndex 0 unless the entry is an envelope
 * @param clientId empty unless the entry is an envelope or an owner message
 */
public record EntryHeader(
    GroupId group,
    long offset,
    EntryKind kind,
    long epoch,
    Instant acceptedAt,
    String member,
    String device,
    Bytes sessionId,
    long messageIndex,
    Bytes clientId) {

  /** The header of a control entry that the server caused by itself. */
  public static EntryHeader byServer(
      GroupId group, long offset, EntryKind kind, long epoch, Instant acceptedAt) {
    return new EntryHeader(
        group, offset, kind, epoch, acceptedAt, "", "", Bytes.EMPTY, 0, Bytes.EMPTY);
  }

  /** The same header, of an entry that {@code by} caused. */
  public EntryHeader causedBy(DeviceAddress by) {
    return caused(by, clientId);
  }

  /** The same header, of a message that {@code by} sent to its member's other devices. */
  EntryHeader saidBy(DeviceAddress by, ClientId client) {
    return caused(by, client.value());
  }

  private EntryHeader caused(DeviceAddress by, Bytes client) {
    return new EntryHeader(
        group,
        offset,
        kind,
        epoch,
        acceptedAt,
        by.member().value(),
        by.device().value(),
        sessionId,
        messageIndex,
        client);
  }

  /** The header of an envelope. */
  public static EntryHeader of(GroupId group, long offset, Instant acceptedAt, Envelope envelope) {
    return new EntryHeader(
        group,
        offset,
        EntryKind.ENVELOPE,
        envelope.epoch(),
        acceptedAt,
        envelope.sender().member().value(),
        envelope.sender().device().value(),
        envelope.sessionId(),
        envelope.messageIndex(),
        envelope.clientId().value());
  }

  void write(StatementWriter writer) {
    writer
        .str("karst/v1 entry")
        .str(group.value())
        .u64(offset)
        .u32(kind.number())
        .u64(epoch)
        .u64(acceptedAt.toEpochMilli())
        .str(member)
        .str(device)
        .bytes(sessionId)
        .u64(messageIndex)
        .bytes(clientId);
  }
}
