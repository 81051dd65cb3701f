package io.karst.bench.rotation;

import io.karst.bench.group.Fleet;
import io.karst.bench.group.LargeGroup;
import io.karst.bench.measure.Contender;
import io.karst.bench.measure.Contest;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.measure.Round;
import io.karst.bench.server.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Rotates a large group, one rotation after the other, beside a device that sends to another group
 * one message at a time; and the same device alone, in turn.
 */
public record RotationLoad(Contest contest, int devices, Consumer<String> progress) {

  /** One device that sends, with payloads of this many bytes. */
  private static final Fleet.Size BYSTANDER = new Fleet.Size(1, 0, 300);

  /** Measures. */
  public RotationReport measure(Target at, SplittableRandom random)
      throws LoadFailure, InterruptedException {
    progress.accept("Registering %,d members and creating their group".formatted(devices));
    try (Fleet fleet = Fleet.launch(at, BYSTANDER, random);
        LargeGroup group = LargeGroup.create(at, devices, random);
        JournalRows rows = JournalRows.open(at)) {
      Contender bystander = fleet.oneGroup(1, 1);
      List<LargeGroup.Rotation> rotations = new ArrayList<>();
      List<Double> alone = new ArrayList<>();
      List<Double> beside = new ArrayList<>();
      long before = 0;
      long bytes = 0;
      for (int round = 1 - contest.warmUp(); round <= contest.rounds(); round++) {
        Round quiet = bystander.run(contest.time());
        before = rows.last(group.id());
        List<LargeGroup.Rotation> done = new ArrayList<>();
        Round busy = beside(bystander, group, done);
        tell(round, quiet, busy, done);
        if (round > 0) {
          alone.add(quiet.latencies().millis(99));
          beside.add(busy.latencies().millis(99));
          rotations.addAll(done);
        }
        bytes = rows.bytesAfter(group.id(), before) / done.size();
      }
      return new RotationReport(
          contest, devices, rotations, alone, beside, bytes, rows.largestAfter(group.id(), before));
    }
  }

  private Round beside(Contender bystander, LargeGroup group, List<LargeGroup.Rotation> done)
      throws LoadFailure, InterruptedException {
    var over = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Callable<Boolean> rotating = () -> {
        while (!over.get()) {
          done.add(group.rotate());
        }
        return true;
      };
      Future<Boolean> rotated = thread.submit(rotating);
      Round round = bystander.run(contest.time());
      over.set(true);
      rotated.get();
      return round;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LoadFailure failure
          ? failure
          : new LoadFailure(Kind.REFUSED, "cannot rotate: " + e.getCause());
    } finally {
      thread.shutdownNow();
    }
  }

  private void tell(int round, Round quiet, Round busy, List<LargeGroup.Rotation> done) {
    String which = round > 0 ? "round " + round + " of " + contest.rounds() : "warm-up";
    progress.accept(String.format(
        Locale.ROOT,
        "%s: p99 of another group %.1f ms alone, %.1f ms beside %d rotations",
        which,
        quiet.latencies().millis(99),
        busy.latencies().millis(99),
        done.size()));
  }
}
