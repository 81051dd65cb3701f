package io.karst.client.store.gap;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import java.util.Map;
import java.util.Optional;

/** Gaps that the server is to be asked about, and the leaves of entries that it did not show. */
public interface GapTable {

  /** Leaves a group: 32 bytes each. The oldest ones give way. */
  int HIDDEN_MAX = 4_096;

  /** Gaps a group: more than this are made on purpose, by a sender that skips indices. */
  int GAPS_MAX = 256;

  /** Adds a gap behind the others. */
  void add(Gap gap);

  /** The gap that was added first. */
  Optional<Gap> first(GroupId group);

  int count(GroupId group);

  /** The lowest epoch of which something is missing. */
  Optional<Long> firstEpoch(GroupId group);

  void remove(Gap gap);

  /** Remembers the leaves of hidden entries, by offset. */
  void hide(GroupId group, Map<Long, Bytes> leaves);

  /** Offset of the first entry whose leaf alone is known. */
  Optional<Long> firstHidden(GroupId group);

  /** The leaf of the hidden entry at an offset, 32 bytes. */
  Optional<Bytes> hidden(GroupId group, long offset);

  /** The entry at an offset was shown in the end. */
  void reveal(GroupId group, long offset);
}
