package io.karst.actors.snapshot;

import com.datastax.oss.driver.api.core.cql.Row;
import io.karst.domain.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * The row that makes a snapshot count. It is written last, and alone if it has room for the whole.
 *
 * @param sequenceNumber of the newest record in the state
 * @param timestamp when it was taken, ms since 1970: with the number it tells whose the parts are
 * @param serializer whose bytes they are, an identifier of Pekko's
 * @param manifest what the bytes are, for the serializer
 * @param data the whole; empty where {@code parts} are present
 * @param parts where the whole is, if it is in parts
 */
record SnapshotRow(
    long sequenceNumber,
    long timestamp,
    int serializer,
    String manifest,
    Bytes data,
    Optional<Parts> parts) {

  /** The columns that {@link #read} needs. */
  static final String COLUMNS =
      "sequence_nr, timestamp, ser_id, ser_manifest, snapshot_data, parts, parts_hash";

  static SnapshotRow read(Row row) {
    Optional<Parts> parts = row.isNull("parts")
        ? Optional.empty()
        : Optional.of(new Parts(row.getInt("parts"), bytes(row, "parts_hash")));
    return new SnapshotRow(
        row.getLong("sequence_nr"),
        row.getLong("timestamp"),
        row.getInt("ser_id"),
        Objects.requireNonNull(row.getString("ser_manifest"), "a snapshot has a manifest"),
        parts.isPresent() ? Bytes.EMPTY : bytes(row, "snapshot_data"),
        parts);
  }

  private static Bytes bytes(Row row, String column) {
    ByteBuffer value = Objects.requireNonNull(row.getByteBuffer(column), column);
    byte[] copy = new byte[value.remaining()];
    value.get(copy);
    return Bytes.copyOf(copy);
  }
}
