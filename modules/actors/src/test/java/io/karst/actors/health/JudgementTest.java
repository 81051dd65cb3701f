package io.karst.actors.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgementTest {

  private static final int FAILURES_MAX = 3;

  @Test
  void aFewLostAnswersAreNoOutageAndSeveralInARowAre() {
    Judgement one = after(Judgement.STARTED, true, false);
    Judgement two = after(one, true, false);
    Judgement three = after(two, true, false);

    assertThat(one.serving()).isTrue();
    assertThat(two.serving()).isTrue();
    assertThat(three.serving()).isFalse();
    assertThat(after(three, true, false)).isEqualTo(three);
  }

  @Test
  void oneAnswerForgivesTheFailuresBefore() {
    Judgement almost = after(after(Judgement.STARTED, true, false), true, false);
    Judgement forgiven = after(almost, true, true);

    assertThat(forgiven).isEqualTo(Judgement.STARTED);
    assertThat(after(after(after(almost, true, false), true, false), true, true).serving())
        .isTrue();
  }

  @Test
  void aNodeThatIsNoMemberDoesNotServeWhateverItsJournalSays() {
    Judgement out = after(Judgement.STARTED, false, true);

    assertThat(out.serving()).isFalse();
    assertThat(after(out, true, true).serving()).isTrue();
    // Back in the cluster, but nobody knows yet whether the journal answers.
    assertThat(after(out, true, false).serving()).isFalse();
  }

  private static Judgement after(Judgement before, boolean member, boolean answered) {
    return before.after(member, answered, FAILURES_MAX);
  }
}
