package io.karst.domain.epoch;

import io.karst.domain.bytes.Bytes;
import java.util.List;

/** Where the sealed keys of an epoch stand: in the event that starts it, or before that event. */
public sealed interface SealedKeys {

  <R> R match(Cases<R> cases);

  /**
   * Whether an epoch may start with them; that no staged one is missing is for readers to see.
   *
   * @param size entries of the log before the epoch's start
   */
  boolean fit(Manifest manifest, long size);

  /** In the event itself: one for each roster entry, in its order. */
  record Here(List<SealedKey> keys) implements SealedKeys {
    public Here {
      keys = List.copyOf(keys);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.here(this);
    }

    @Override
    public boolean fit(Manifest manifest, long size) {
      return keys.stream()
          .map(SealedKey::device)
          .toList()
          .equals(manifest.roster().stream().map(RosterEntry::address).toList());
    }
  }

  /**
   * In events of their own, because one would have been too large.
   *
   * @param hash over all of them, 32 bytes: what the log's tree covers, as if they stood here
   * @param from entries of the log when the first of these events was written
   */
  record Staged(Bytes hash, long from) implements SealedKeys {
    public Staged {
      if (hash.length() != 32 || from < 0) {
        throw new IllegalArgumentException("a hash of 32 bytes, and a size");
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.staged(this);
    }

    @Override
    public boolean fit(Manifest manifest, long size) {
      return from <= size;
    }
  }

  /** One method per place. */
  interface Cases<R> {
    R here(Here keys);

    R staged(Staged keys);
  }
}
