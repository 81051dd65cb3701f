package io.karst.cli.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.ChannelEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SubmissionPublisher;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class EventReaderTest {

  private static final Executor SAME_THREAD = Runnable::run;

  private final List<ChannelEvent> taken = new ArrayList<>();
  private final SubmissionPublisher<ChannelEvent> events =
      new SubmissionPublisher<>(SAME_THREAD, 16);

  @Test
  void itTakesEventsUntilTheHandlerHasEnough() {
    var reader = new EventReader(event -> taken.add(event) && taken.size() < 2);
    events.subscribe(reader);
    submit(4);
    assertThat(taken).hasSize(2);
    assertThat(reader.ended()).isCompleted();
    assertThat(events.getNumberOfSubscribers()).isZero();
  }

  @Test
  void theEndOfTheGroupEndsIt() {
    var reader = new EventReader(taken::add);
    events.subscribe(reader);
    submit(1);
    events.close();
    assertThat(reader.ended()).isCompleted();
    assertThat(taken).hasSize(1);
  }

  @Test
  void afterAStopNothingMoreIsTaken() {
    var reader = new EventReader(taken::add);
    events.subscribe(reader);
    reader.stop();
    submit(1);
    assertThat(taken).isEmpty();
  }

  @Test
  void aHandlerThatFailsEndsTheReadingWithItsFailure() {
    var failure = new IllegalStateException("the screen is gone");
    var reader = new EventReader(event -> {
      throw failure;
    });
    events.subscribe(reader);
    submit(1);
    Assertions.assertThatThrownBy(reader.ended()::join)
        .isInstanceOf(CompletionException.class)
        .hasCause(failure);
  }

  private void submit(int count) {
    for (int i = 0; i < count; i++) {
      events.submit(new ChannelEvent.CaughtUp(i));
    }
  }
}
