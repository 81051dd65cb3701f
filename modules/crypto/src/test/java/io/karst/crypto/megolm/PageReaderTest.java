package io.karst.crypto.megolm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {

  private static final SessionConfig CONFIG = SessionConfig.V1;
  private static final int THREADS = 4;
  private static final int SENDERS = 5;
  private static final int MESSAGES = 150;

  private final RandomBytes random = new FixedRandom(7);
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aPageSaysWhatItsMessagesSayOneByOne(long seed) throws Exception {
    Page page = page(new Random(seed));
    var together = new PageReader(pool, THREADS).read(page.toBoth(SENDERS));
    var apart = oneByOne(page.toBoth(SENDERS));
    assertThat(together.stream().map(PageReaderTest::words)).isEqualTo(apart);
    assertThat(apart)
        .anyMatch(words -> words.startsWith("said"))
        .contains("crypto.invalid_signature", "crypto.message_replayed");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aPageThatWasReadIsReadAgain(long seed) throws Exception {
    Page page = page(new Random(seed));
    var reader = new PageReader(pool, THREADS);
    var fresh = page.toBoth(SENDERS);
    var before = reader.reread(fresh).stream().map(PageReaderTest::words).toList();
    reader.read(fresh);
    for (PageMessage each : fresh) {
      assertThat(each.session().nextIndex()).isPositive();
    }
    var after = reader.reread(fresh).stream().map(PageReaderTest::words).toList();

    assertThat(before)
        .anyMatch(words -> words.startsWith("said"))
        .contains("crypto.invalid_signature")
        .doesNotContain("crypto.message_replayed");
    for (int i = 0; i < fresh.size(); i++) {
      boolean keeps = fresh.get(i).session() instanceof InboundGroupSession;
      assertThat(after.get(i))
          .isEqualTo(
              keeps || !before.get(i).startsWith("said")
                  ? before.get(i)
                  : "crypto.missing_message_key");
    }
  }

  @Test
  void oneSessionIsReadByManyThreadsInTheOrderOfThePage() throws Exception {
    var speaker = OutboundGroupSession.create(CONFIG, random);
    var listener = ForwardOnlyGroupSession.fromSessionKey(CONFIG, speaker.sessionKey());
    List<PageMessage> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(new PageMessage(listener, speaker.encrypt(new byte[] {(byte) i})));
    }
    Collections.reverse(messages);
    var results = new PageReader(pool, THREADS).read(messages);
    // The newest comes first, and so many before it can still be read; the rest gave way.
    assertThat(
            results.stream().map(PageReaderTest::words).filter(words -> words.startsWith("said")))
        .hasSize(1 + ForwardOnlyGroupSession.SKIPPED_KEYS_MAX);
  }

  @Test
  void anExecutorThatRefusesCostsTimeOnly() throws Exception {
    var reader = new PageReader(
        task -> {
          throw new RejectedExecutionException("full");
        },
        THREADS);
    assertThat(reader.read(page(new Random(1)).toBoth(SENDERS))).hasSize(2 * MESSAGES);
  }

  @Test
  void anExecutorThatNeverStartsAnythingCostsTimeOnly() throws Exception {
    var reader = new PageReader(task -> {}, THREADS);
    assertThat(reader.read(page(new Random(1)).toBoth(SENDERS))).hasSize(2 * MESSAGES);
  }

  @Test
  void aThreadOfTheExecutorItselfMayRead() throws Exception {
    var single = Executors.newSingleThreadExecutor();
    try {
      var page = page(new Random(1)).toBoth(SENDERS);
      var results = single.submit(() -> new PageReader(single, THREADS).read(page));
      assertThat(results.get(30, TimeUnit.SECONDS)).hasSize(2 * MESSAGES);
    } catch (TimeoutException e) {
      throw new AssertionError("deadlock", e);
    } finally {
      single.shutdownNow();
    }
  }

  @Test
  void anInterruptedCallerStillGetsThePageAndItsInterrupt() throws Exception {
    var page = page(new Random(1)).toBoth(SENDERS);
    Thread.currentThread().interrupt();
    var results = new PageReader(pool, THREADS).read(page);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results).hasSize(2 * MESSAGES);
  }

  @Test
  void whatASessionThrowsReachesTheCaller() throws Exception {
    var speaker = OutboundGroupSession.create(CONFIG, random);
    var listener = InboundGroupSession.fromSessionKey(CONFIG, speaker.sessionKey());
    var page = List.of(new PageMessage(listener, speaker.encrypt(new byte[1])));
    listener.destroy();
    assertThatThrownBy(() -> new PageReader(pool, THREADS).read(page))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEmptyPageHasNoResults() {
    assertThat(new PageReader(pool, THREADS).read(List.of())).isEmpty();
  }

  @Test
  void aPageHasABound() throws Exception {
    var speaker = OutboundGroupSession.create(CONFIG, random);
    var listener = InboundGroupSession.fromSessionKey(CONFIG, speaker.sessionKey());
    var one = new PageMessage(listener, speaker.encrypt(new byte[1]));
    var page = Collections.nCopies(PageReader.MESSAGES_MAX + 1, one);
    assertThatThrownBy(() -> new PageReader(pool, THREADS).read(page))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65})
  void theNumberOfThreadsIsBounded(int threads) {
    assertThatThrownBy(() -> new PageReader(pool, threads))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<String> oneByOne(List<PageMessage> page) {
    List<String> words = new ArrayList<>();
    for (PageMessage each : page) {
      PageResult result;
      try {
        result = new PageResult.Opened(each.session().decrypt(each.message()));
      } catch (CryptoException e) {
        result = new PageResult.Refused(e);
      }
      words.add(words(result));
    }
    return words;
  }

  private static String words(PageResult result) {
    return result.match(new PageResult.Cases<>() {
      @Override
      public String opened(PageResult.Opened opened) {
        return "said " + new String(opened.message().plaintext(), StandardCharsets.UTF_8);
      }

      @Override
      public String refused(PageResult.Refused refused) {
        return refused.reason().code().text();
      }
    });
  }

  /** What some senders said, shuffled, with forgeries and repetitions. */
  private Page page(Random dice) throws CryptoException {
    List<SessionKey> keys = new ArrayList<>();
    List<OutboundGroupSession> speakers = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      speakers.add(OutboundGroupSession.create(CONFIG, random));
      keys.add(speakers.get(i).sessionKey());
    }
    List<Said> said = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      int sender = dice.nextInt(SENDERS);
      byte[] text = ("message " + i).getBytes(StandardCharsets.UTF_8);
      MegolmMessage message = speakers.get(sender).encrypt(text);
      said.add(new Said(dice.nextInt(10) == 0 ? (sender + 1) % SENDERS : sender, message));
      if (dice.nextInt(10) == 0) {
        said.set(dice.nextInt(said.size()), new Said(sender, message));
      }
    }
    Collections.shuffle(said, dice);
    return new Page(keys, said);
  }

  private record Said(int sender, MegolmMessage message) {}

  private record Page(List<SessionKey> keys, List<Said> said) {

    /** Each message twice, for fresh sessions that read again and for fresh ones that do not. */
    List<PageMessage> toBoth(int senders) {
      List<ReceivingSession> again = new ArrayList<>();
      List<ReceivingSession> once = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        again.add(InboundGroupSession.fromSessionKey(CONFIG, keys.get(i)));
        once.add(ForwardOnlyGroupSession.fromSessionKey(CONFIG, keys.get(i)));
      }
      List<PageMessage> page = new ArrayList<>();
      for (Said each : said) {
        page.add(new PageMessage(again.get(each.sender()), each.message()));
        page.add(new PageMessage(once.get(each.sender()), each.message()));
      }
      return page;
    }
  }
}
