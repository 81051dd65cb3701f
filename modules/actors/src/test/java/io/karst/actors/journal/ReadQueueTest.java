package io.karst.actors.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ReadQueueTest {

  private final ReadQueue queue = new ReadQueue(2, 1);
  private final List<CompletableFuture<String>> started = new ArrayList<>();
  private final List<CompletableFuture<String>> results = new ArrayList<>();

  @Test
  void runsSoManyAtATimeAndTheOthersInTheirTurn() {
    submit(3);
    assertThat(started).hasSize(2);
    started.get(0).complete("first");
    assertThat(started).hasSize(3);
    started.get(2).complete("third");
    assertThat(results.get(2)).isCompletedWithValue("third");
  }

  @Test
  void refusesWhatCannotWait() {
    submit(4);
    assertThatThrownBy(results.get(3)::join)
        .cause()
        .isInstanceOfSatisfying(
            JournalUnreadable.class,
            unreadable -> assertThat(unreadable.reason()).isEqualTo(Reason.OVERLOADED));
  }

  @Test
  void aReadThatFailsOrThrowsGivesItsTurnAway() {
    submit(2);
    started.get(0).completeExceptionally(new IllegalStateException("failed"));
    var thrown = queue
        .<String>submit(() -> {
          throw new IllegalStateException("thrown");
        })
        .toCompletableFuture();
    assertThat(thrown).isCompletedExceptionally();
    submit(1);
    started.get(2).complete("next");
    assertThat(results.get(2)).isCompletedWithValue("next");
  }

  private void submit(int reads) {
    for (int i = 0; i < reads; i++) {
      CompletionStage<String> result = queue.submit(() -> {
        var read = new CompletableFuture<String>();
        started.add(read);
        return read;
      });
      results.add(result.toCompletableFuture());
    }
  }
}
