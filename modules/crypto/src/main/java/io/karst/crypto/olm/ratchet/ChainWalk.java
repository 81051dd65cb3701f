package io.karst.crypto.olm.ratchet;

import io.karst.crypto.error.DecryptionException;
import io.karst.crypto.error.MessageGapException;
import io.karst.crypto.error.MissingMessageKeyException;
import java.util.ArrayList;
import java.util.List;

/**
 * The way along a receiver chain to one message.
 *
 * @param messageKey of that message
 * @param after the chain behind it
 * @param overtaken keys of the messages before it, oldest first, no more than are ever kept
 */
record ChainWalk(MessageKey messageKey, ChainKey after, List<SkippedKey> overtaken) {

  /** Derives what is needed; {@code chain} itself stays where it is. */
  static ChainWalk to(ReceiverChain chain, long index) throws DecryptionException {
    ChainKey start = chain.chainKey();
    if (index < start.index()) {
      throw new MissingMessageKeyException(index);
    }
    requireGap(index - start.index());
    List<SkippedKey> overtaken = new ArrayList<>();
    ChainKey current = start;
    while (current.index() < index) {
      if (current.index() >= index - DoubleRatchet.SKIPPED_KEYS_PER_CHAIN_MAX) {
        overtaken.add(new SkippedKey(chain.ratchetKey(), current.index(), current.messageKey()));
      }
      current = leave(current, start);
    }
    MessageKey messageKey = current.messageKey();
    return new ChainWalk(messageKey, leave(current, start), overtaken);
  }

  static void requireGap(long gap) throws MessageGapException {
    if (gap > DoubleRatchet.MESSAGE_GAP_MAX) {
      throw new MessageGapException(gap, DoubleRatchet.MESSAGE_GAP_MAX);
    }
  }

  /** The key after {@code current}, which is wiped unless it is the start. */
  private static ChainKey leave(ChainKey current, ChainKey start) {
    ChainKey next = current.next();
    if (current != start) {
      current.destroy();
    }
    return next;
  }

  /** {@code skipped} and the overtaken ones, less the oldest where there are too many. */
  List<SkippedKey> addTo(List<SkippedKey> skipped) {
    if (overtaken.isEmpty()) {
      return skipped;
    }
    List<SkippedKey> all = new ArrayList<>(skipped);
    all.addAll(overtaken);
    var ratchetKey = overtaken.get(0).ratchetKey();
    long ofChain =
        all.stream().filter(key -> key.ratchetKey().equals(ratchetKey)).count();
    for (int i = 0; ofChain > DoubleRatchet.SKIPPED_KEYS_PER_CHAIN_MAX; ) {
      if (all.get(i).ratchetKey().equals(ratchetKey)) {
        all.remove(i);
        ofChain--;
      } else {
        i++;
      }
    }
    int excess = Math.max(0, all.size() - DoubleRatchet.SKIPPED_KEYS_MAX);
    return all.subList(excess, all.size());
  }
}
