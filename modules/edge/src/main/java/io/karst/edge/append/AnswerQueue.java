package io.karst.edge.append;

import io.karst.wire.v1.AppendStreamResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the answers to a stream's frames into the order of the frames.
 *
 * <p>Mutable, owned by the stream's actor. The first answer to a frame counts; what comes later is
 * dropped.
 */
final class AnswerQueue {

  private final @Nullable AppendStreamResponse[] answers =
      new AppendStreamResponse[FramesInFlight.FRAMES_MAX];

  private long next;

  /** The number of the oldest frame whose answer was not taken out yet. */
  long next() {
    return next;
  }

  void put(long frame, AppendStreamResponse answer) {
    if (frame >= next + answers.length) {
      throw new IllegalStateException("more frames are under way than were asked for");
    }
    if (frame >= next && answers[index(frame)] == null) {
      answers[index(frame)] = answer;
    }
  }

  /** Takes out the answer that is to be sent now; none while its frame waits. */
  Optional<AppendStreamResponse> poll() {
    AppendStreamResponse answer = answers[index(next)];
    if (answer == null) {
      return Optional.empty();
    }
    answers[index(next)] = null;
    next++;
    return Optional.of(answer);
  }

  private int index(long frame) {
    return (int) (frame % answers.length);
  }
}
