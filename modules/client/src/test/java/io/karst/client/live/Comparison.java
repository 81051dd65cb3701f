package io.karst.client.live;

import static io.karst.client.live.Live.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.verification.Verification;
import io.karst.client.api.verification.VerificationState;
import io.karst.domain.id.GroupId;

/** Two screens that are held side by side. */
final class Comparison {

  private Comparison() {}

  /** Both start, see the same, say so, and are verified. */
  static void verify(GroupId group, Person one, Person other) {
    var unaware = one.device().verifications().start(group, other.device().address());
    Verification others =
        get(other.device().verifications().start(group, one.device().address()));
    Verification ones = get(unaware);
    assertThat(shown(ones)).isEqualTo(shown(others));
    get(ones.confirm());
    get(others.confirm());
    assertThat(end(ones)).isEqualTo(new VerificationState.Verified());
    assertThat(end(others)).isEqualTo(new VerificationState.Verified());
  }

  /** What a side shows once it has something to compare. */
  static VerificationState.Comparing shown(Verification side) {
    VerificationState state = side.state();
    while (!(state instanceof VerificationState.Comparing comparing)) {
      assertThat(state.isEnd()).as("%s", state).isFalse();
      state = get(side.next(state));
    }
    return comparing;
  }

  static VerificationState end(Verification side) {
    VerificationState state = side.state();
    while (!state.isEnd()) {
      state = get(side.next(state));
    }
    return state;
  }
}
