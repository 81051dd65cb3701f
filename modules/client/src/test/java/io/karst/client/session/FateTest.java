package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.session.Fate.Kept;
import io.karst.client.session.Fate.Remedy;
import io.karst.domain.refusal.Reason;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FateTest {

  private static final Map<Reason, Remedy> REMEDIES = new EnumMap<>(Map.of(
      Reason.UNAVAILABLE, Remedy.WAIT,
      Reason.OVERLOADED, Remedy.WAIT,
      Reason.DEADLINE_EXCEEDED, Remedy.WAIT,
      Reason.SESSION_UNKNOWN, Remedy.BIND,
      Reason.STALE_EPOCH, Remedy.ADOPT,
      Reason.ROTATION_REQUIRED, Remedy.ROTATE,
      Reason.SESSION_CONFLICT, Remedy.ROTATE,
      Reason.INDEX_DUPLICATE, Remedy.ROTATE,
      Reason.INDEX_TOO_OLD, Remedy.ROTATE));

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyRefusalIsHealedOrFinal(Reason reason) {
    Remedy remedy = REMEDIES.get(reason);
    Fate expected = remedy == null ? new Fate.Refused(reason) : new Kept(remedy, reason);
    assertThat(Fate.of(reason)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Remedy.class)
  void waitingOutweighsEveryOtherRemedy(Remedy remedy) {
    assertThat(Remedy.WAIT).isGreaterThanOrEqualTo(remedy);
  }
}
