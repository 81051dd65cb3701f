package io.karst.client.gap;

import io.karst.client.store.gap.Gap;
import io.karst.client.work.DeviceContext;
import io.karst.domain.id.GroupId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the server about the gaps of one group, the oldest first, one at a time, each once.
 *
 * <p>A gap is stored before it is asked about, and forgotten when the application has taken what
 * became of it: whatever ends the device in between, the next run asks. Used on the device's
 * thread.
 */
public final class GapFiller {

  private final DeviceContext context;
  private final GroupId group;
  private Optional<Gap> asked = Optional.empty();
  private long round;

  public GapFiller(DeviceContext context, GroupId group) {
    this.context = context;
    this.group = group;
  }

  /**
   * A gap to ask about.
   *
   * @param from where the log hides something first: nothing before can be what is missing
   */
  private record Question(Gap gap, long from) {}

  /** Asks about the next gap, unless one was asked about that is not settled yet. */
  public void next(Consumer<GapAnswer> taker) {
    Optional<Question> question = context
        .memory()
        .transaction(memory -> memory
            .tables()
            .gaps()
            .first(group)
            .map(gap ->
                new Question(gap, memory.tables().gaps().firstHidden(group).orElse(0L))));
    Optional<Gap> first = question.map(Question::gap);
    if (first.isEmpty() || first.equals(asked)) {
      return;
    }
    asked = first;
    ask(question.orElseThrow(), round, taker);
  }

  /** What was asked is of no interest any more: it will be asked anew. */
  public void reset() {
    asked = Optional.empty();
    round++;
  }

  private void ask(Question question, long inRound, Consumer<GapAnswer> taker) {
    var unused = new GapSearch(context, question.gap())
        .from(question.from())
        .thenAcceptAsync(
            answer -> {
              if (inRound == round) {
                taker.accept(answer);
              }
            },
            context.loop());
  }
}
