package io.karst.client.session;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.error.EncodingException;
import io.karst.crypto.megolm.PageMessage;
import io.karst.crypto.megolm.PageReader;
import io.karst.crypto.megolm.PageResult;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.domain.group.Envelope;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntPredicate;

/**
 * Opens envelopes of a page ahead of their turn, on several threads.
 *
 * <p>What each one says, or why it is refused, is what opening them one by one in the order of the
 * page would have told. An envelope is told from its copies by identity. Mutable, for one thread,
 * which owns the sessions.
 */
public final class PageOpening {

  /** More than that have nothing to share of a page of one group. */
  private static final int THREADS_MAX = 8;

  /** Fewer messages are sooner opened than handed over. */
  private static final int MESSAGES_MIN = 4;

  private static final PageReader READER = new PageReader(
      ForkJoinPool.commonPool(), Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors()));

  private final boolean again;
  private final List<Envelope> waiting = new ArrayList<>();
  private final List<PageMessage> page = new ArrayList<>();
  private final IdentityHashMap<Envelope, PageResult> results = new IdentityHashMap<>();

  private PageOpening(boolean again) {
    this.again = again;
  }

  /** Of messages that come: each session opens an index once, and records it. */
  public static PageOpening once() {
    return new PageOpening(false);
  }

  /** Of history: whatever was opened is read again, and nothing is recorded. */
  public static PageOpening again() {
    return new PageOpening(true);
  }

  /**
   * Where a page ends that begins at {@code from}: before the next item that has to be taken first,
   * because sessions may change by it. Such an item is a page for itself.
   */
  public static int end(int from, int size, IntPredicate first) {
    int end = from + 1;
    if (!first.test(from)) {
      while (end < size && !first.test(end)) {
        end++;
      }
    }
    return end;
  }

  /** Puts an envelope at the end of the page, unless it is refused without being opened. */
  public void add(ReceivingSession session, Envelope envelope) {
    try {
      MegolmMessage message = MegolmMessage.parse(envelope.ciphertext().toArray());
      if (message.messageIndex() == envelope.messageIndex()) {
        waiting.add(envelope);
        page.add(new PageMessage(session, message));
      }
    } catch (EncodingException e) {
      // Whoever reads it in its turn finds the same.
      return;
    }
  }

  /** Opens the page; the sessions move on. */
  public void open() {
    if (page.size() >= MESSAGES_MIN) {
      List<PageResult> opened = again ? READER.reread(page) : READER.read(page);
      for (int i = 0; i < opened.size(); i++) {
        // Of one that stands on the page twice, the first turn counts.
        results.putIfAbsent(waiting.get(i), opened.get(i));
      }
    }
    waiting.clear();
    page.clear();
  }

  /** What an envelope says: as it was opened ahead, or opened now. */
  public byte[] plaintext(ReceivingSession session, Envelope envelope, MegolmMessage message)
      throws CryptoException {
    PageResult result = results.remove(envelope);
    if (result == null) {
      return (again ? session.reread(message) : session.decrypt(message)).plaintext();
    }
    if (result instanceof PageResult.Refused refused) {
      throw refused.reason();
    }
    return ((PageResult.Opened) result).message().plaintext();
  }
}
