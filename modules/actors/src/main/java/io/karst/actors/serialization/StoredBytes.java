package io.karst.actors.serialization;

import io.karst.domain.bytes.Bytes;

/**
 * An event or a snapshot in the form in which it is stored.
 *
 * <p>What is stored in a group's journal does not repeat the group's id, so it can be read only by
 * somebody who knows whose it is: the entity. Pekko's serializer does not, and sees these bytes
 * alone.
 */
public record StoredBytes(Kind kind, Bytes bytes) {

  /** What the bytes are. The manifests stand in every row: never change one. */
  public enum Kind {
    /** {@code karst.journal.v1.GroupRecord}. */
    GROUP_RECORD("group-record"),
    /** {@code karst.journal.v1.GroupSnapshot}. */
    GROUP_SNAPSHOT("group-snapshot"),
    /** {@code karst.journal.v1.MemberRecord}. */
    MEMBER_RECORD("member-record"),
    /** {@code karst.journal.v1.MemberSnapshot}. */
    MEMBER_SNAPSHOT("member-snapshot");

    private final String manifest;

    Kind(String manifest) {
      this.manifest = manifest;
    }

    String manifest() {
      return manifest;
    }
  }
}
