package io.karst.ratchetbench;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
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

/**
 * One operation of one library, on one thread: its time by the clock is the score, its processor
 * time is counted beside it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RatchetWork {

  /** Performed at a time: as many as make the pipe to another process not matter. */
  static final int OPERATIONS = 500;

  @Param
  Library library = Library.KARST;

  @Param
  Operation operation = Operation.MEGOLM_ENCRYPT;

  /**
   * Processor time before anything counts. By the clock, a busy machine would leave the compilers
   * of Java and WebAssembly in the middle of their work.
   */
  @Param("3")
  int warmUpSeconds = 3;

  private @Nullable Contestant contestant;
  private long cpuNanos;

  /** What JMH sums up beside the score. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Processor {
    public long nanos;
    public long operations;
  }

  @Setup
  public void prepare() throws Exception {
    var started = library.start(operation, OPERATIONS);
    contestant = started;
    started.run();
    long enough = started.cpuNanos() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
    while (started.cpuNanos() < enough) {
      started.run();
    }
    cpuNanos = started.cpuNanos();
  }

  @TearDown
  public void end() throws Exception {
    Objects.requireNonNull(contestant).close();
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long perform(Processor processor) throws Exception {
    var running = Objects.requireNonNull(contestant);
    long sum = running.run();
    long now = running.cpuNanos();
    processor.nanos += now - cpuNanos;
    processor.operations += OPERATIONS;
    cpuNanos = now;
    return sum;
  }
}
