package io.karst.crypto.megolm;

import io.karst.crypto.error.CryptoException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Opens the messages that one session has on a page, in their order, on one thread.
 *
 * <p>A session that keeps its keys finds those of the whole page in one walk of its ratchet: for
 * each message by itself it would walk from its first index again, some hundred steps.
 */
final class SessionPage implements Runnable {

  private final List<PageMessage> page;
  private final List<Integer> positions;
  private final boolean again;
  private final @Nullable PageResult[] results;

  /**
   * Reads results that are there already as refusals, and fills in the others.
   *
   * @param positions of one session's messages, ascending; not empty
   * @param again whether what was opened is read again, and nothing is recorded
   */
  SessionPage(
      List<PageMessage> page,
      List<Integer> positions,
      boolean again,
      @Nullable PageResult[] results) {
    this.page = page;
    this.positions = positions;
    this.again = again;
    this.results = results;
  }

  /** Opens one message that is authentic. */
  @FunctionalInterface
  private interface Opening {
    DecryptedMessage of(PageMessage each) throws CryptoException;
  }

  @Override
  public void run() {
    ReceivingSession session = page.get(positions.get(0)).session();
    if (session instanceof InboundGroupSession keeping) {
      open(keeping);
    } else {
      var once = (ForwardOnlyGroupSession) session;
      open(each ->
          again ? once.rereadAuthentic(each.message()) : once.openAuthentic(each.message()));
    }
  }

  private void open(InboundGroupSession session) {
    var indexes = new TreeSet<Long>();
    for (int i : positions) {
      if (results[i] == null) {
        indexes.add(page.get(i).message().messageIndex());
      }
    }
    Map<Long, SkippedKey> keys = session.keysAt(indexes);
    try {
      long newest = open(each -> again
          ? session.rereadAuthentic(each.message(), keys)
          : session.openAuthentic(each.message(), keys));
      session.catchUpWith(newest);
    } finally {
      keys.values().forEach(SkippedKey::destroy);
    }
  }

  /** Answers the highest index that was opened, -1 if none was. */
  private long open(Opening opening) {
    long newest = -1;
    for (int i : positions) {
      if (results[i] == null) {
        PageMessage each = page.get(i);
        try {
          results[i] = new PageResult.Opened(opening.of(each));
          newest = Math.max(newest, each.message().messageIndex());
        } catch (CryptoException e) {
          results[i] = new PageResult.Refused(e);
        }
      }
    }
    return newest;
  }
}
