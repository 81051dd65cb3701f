package io.karst.crypto.megolm;

import java.util.List;

/**
 * What a forward-only session keeps.
 *
 * @param ratchet at the index after the newest message that was read; spent after the last one
 * @param skipped keys of messages before the ratchet, ascending by index, at most
 *     {@value ForwardOnlyGroupSession#SKIPPED_KEYS_MAX}
 */
public record ForwardOnlyKeys(Ratchet ratchet, List<SkippedKey> skipped) {

  public ForwardOnlyKeys {
    skipped = List.copyOf(skipped);
    if (skipped.size() > ForwardOnlyGroupSession.SKIPPED_KEYS_MAX) {
      throw new IllegalArgumentException("too many skipped keys");
    }
    long last = -1;
    for (SkippedKey key : skipped) {
      if (key.index() <= last || key.index() >= ratchet.index()) {
        throw new IllegalArgumentException("skipped keys ascend and stand before the ratchet");
      }
      last = key.index();
    }
  }
}
