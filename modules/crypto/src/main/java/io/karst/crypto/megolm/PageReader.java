package io.karst.crypto.megolm;

import io.karst.crypto.error.CryptoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Opens a page of history on several threads.
 *
 * <p>Nine tenths of the work are signatures, which need no secret: they are checked in any order,
 * on all threads. Then each session opens its own messages, in the order of the page, on one thread
 * at a time, so that the outcome is the one of calling {@link ReceivingSession#decrypt} message by
 * message, whatever the threads do. Safe for threads, as long as no session is lent twice.
 */
public final class PageReader {

  /** Messages of a page: bounds what is held in memory at a time. */
  public static final int MESSAGES_MAX = 65_536;

  /** Signatures checked at a time by one thread: enough to make handing them over not matter. */
  private static final int SIGNATURES_PER_TASK = 16;

  private final SharedWork work;

  /**
   * A reader that works on the caller's thread and on others.
   *
   * @param executor lends the other threads; it may be busy or refuse, and the page is read all the
   *     same
   * @param threads that read at a time, the caller's among them: 1 to
   *     {@value SharedWork#THREADS_MAX}
   */
  public PageReader(Executor executor, int threads) {
    work = new SharedWork(executor, threads);
  }

  /**
   * Opens what can be opened, each index once; answers one result for each message, in order.
   *
   * @param page at most {@value #MESSAGES_MAX} messages, of any number of sessions, which nobody
   *     else uses meanwhile
   */
  public List<PageResult> read(List<PageMessage> page) {
    return read(page, false);
  }

  /**
   * Opens what can be opened as {@link ReceivingSession#reread} does: also what was opened before,
   * and without a record.
   *
   * @param page as for {@link #read}
   */
  public List<PageResult> reread(List<PageMessage> page) {
    return read(page, true);
  }

  private List<PageResult> read(List<PageMessage> page, boolean again) {
    if (page.size() > MESSAGES_MAX) {
      throw new IllegalArgumentException("a page has at most " + MESSAGES_MAX + " messages");
    }
    var messages = List.copyOf(page);
    var results = new @Nullable PageResult[messages.size()];
    work.perform(authenticating(messages, results));
    work.perform(opening(messages, again, results));
    return Arrays.stream(results).map(Objects::requireNonNull).toList();
  }

  private static List<Runnable> authenticating(
      List<PageMessage> page, @Nullable PageResult[] refusals) {
    List<Runnable> tasks = new ArrayList<>();
    for (int from = 0; from < page.size(); from += SIGNATURES_PER_TASK) {
      int first = from;
      int end = Math.min(page.size(), from + SIGNATURES_PER_TASK);
      tasks.add(() -> {
        for (int i = first; i < end; i++) {
          refusals[i] = authenticate(page.get(i));
        }
      });
    }
    return tasks;
  }

  private static @Nullable PageResult authenticate(PageMessage each) {
    var session = each.session();
    try {
      ReceivingSession.authenticate(each.message(), session.config(), session.publicKey());
      return null;
    } catch (CryptoException e) {
      return new PageResult.Refused(e);
    }
  }

  private static List<Runnable> opening(
      List<PageMessage> page, boolean again, @Nullable PageResult[] results) {
    List<Runnable> tasks = new ArrayList<>();
    for (List<Integer> positions : bySession(page)) {
      tasks.add(new SessionPage(page, positions, again, results));
    }
    return tasks;
  }

  /** Where each session's messages stand in the page. */
  private static Collection<List<Integer>> bySession(List<PageMessage> page) {
    var positions = new IdentityHashMap<ReceivingSession, List<Integer>>();
    for (int i = 0; i < page.size(); i++) {
      positions
          .computeIfAbsent(page.get(i).session(), none -> new ArrayList<>())
          .add(i);
    }
    return positions.values();
  }
}
