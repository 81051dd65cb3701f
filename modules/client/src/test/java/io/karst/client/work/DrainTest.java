package io.karst.client.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {

  private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
  private final ArrayDeque<CompletableFuture<Boolean>> begun = new ArrayDeque<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final Drain drain = new Drain(loop::add, this::piece, failures::add);
  private int pieces;

  @Test
  void onePieceIsDoneAtATime() {
    drain.wake();
    drain.wake();
    assertThat(pieces).isOne();
    end(true);
    assertThat(pieces).isEqualTo(2);
  }

  @Test
  void itRestsWhenThereIsNothingMore() {
    drain.wake();
    end(false);
    assertThat(pieces).isOne();
    drain.wake();
    assertThat(pieces).isEqualTo(2);
  }

  /** The piece has found nothing, but the loop does not know of it yet. */
  @Test
  void aWakeUpAfterTheLastPieceFoundNothingIsNotLost() {
    drain.wake();
    begun.remove().complete(false);
    drain.wake();
    run();
    assertThat(pieces).isEqualTo(2);
    end(false);
    assertThat(pieces).isEqualTo(2);
  }

  @Test
  void aFailureEndsItUntilTheNextWakeUp() {
    IllegalStateException failure = new IllegalStateException("no");
    drain.wake();
    begun.remove().completeExceptionally(failure);
    run();
    assertThat(failures).containsExactly(failure);
    assertThat(pieces).isOne();
    drain.wake();
    assertThat(pieces).isEqualTo(2);
  }

  private CompletableFuture<Boolean> piece() {
    pieces++;
    var outcome = new CompletableFuture<Boolean>();
    begun.add(outcome);
    return outcome;
  }

  private void end(boolean more) {
    begun.remove().complete(more);
    run();
  }

  private void run() {
    while (!loop.isEmpty()) {
      loop.remove().run();
    }
  }
}
