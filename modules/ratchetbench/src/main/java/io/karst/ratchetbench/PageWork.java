package io.karst.ratchetbench;

import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.PageMessage;
import io.karst.crypto.megolm.PageReader;
import io.karst.crypto.megolm.PageResult;
import io.karst.crypto.wire.SessionConfig;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A page of history, read again and again by so many threads: time of a message by the clock. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PageWork {

  static final int MESSAGES = 1024;

  private static final int BYTES = 300;
  private static final SessionConfig CONFIG = SessionConfig.V1;

  @Param({"1", "2"})
  int threads = 1;

  /** How many took turns in what the page holds. */
  @Param({"16", "1"})
  int senders = 16;

  private @Nullable ExecutorService pool;
  private @Nullable PageReader reader;
  private List<PageMessage> page = List.of();

  @Setup
  public void prepare() throws Exception {
    pool = Executors.newFixedThreadPool(threads);
    reader = new PageReader(pool, threads);
    RandomBytes random = new SecureRandom()::nextBytes;
    List<OutboundGroupSession> speakers = new ArrayList<>();
    List<InboundGroupSession> listeners = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      var speaker = OutboundGroupSession.create(CONFIG, random);
      speakers.add(speaker);
      listeners.add(InboundGroupSession.fromSessionKey(CONFIG, speaker.sessionKey()));
    }
    List<PageMessage> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      var message = speakers.get(i % senders).encrypt(new byte[BYTES]);
      messages.add(new PageMessage(listeners.get(i % senders), message));
    }
    page = List.copyOf(messages);
  }

  @TearDown
  public void end() {
    Objects.requireNonNull(pool).shutdown();
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public List<PageResult> read() {
    return Objects.requireNonNull(reader).reread(page);
  }
}
