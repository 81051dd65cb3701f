package io.karst.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.LocalMistake;
import io.karst.client.api.ServerRefusal;
import io.karst.domain.refusal.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final double MIDDLE = 0.5;
  private final ServerRefusal away = new ServerRefusal(Reason.UNAVAILABLE);

  @Test
  void delaysDoubleUpToTheLongest() {
    Patience.Delays delays = Retries.ofCalls().delays();
    assertThat(delays.after(1, away, MIDDLE)).isEqualTo(Duration.ofMillis(100));
    assertThat(delays.after(2, away, MIDDLE)).isEqualTo(Duration.ofMillis(200));
    assertThat(delays.after(3, away, MIDDLE)).isEqualTo(Duration.ofMillis(400));
    assertThat(delays.after(100, away, MIDDLE)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void devicesWaitForDifferentTimes() {
    Patience.Delays delays = Retries.untilDone().delays();
    assertThat(delays.after(1, away, 0)).isEqualTo(Duration.ofMillis(70));
    assertThat(delays.after(1, away, 1)).isEqualTo(Duration.ofMillis(130));
  }

  @Test
  void delaysThatAreDrawnLieBetweenTheirBounds() {
    Patience.Delays delays = Patience.between(Duration.ofMillis(20), Duration.ofMillis(400));
    assertThat(delays.after(7, away, 0)).isEqualTo(Duration.ofMillis(20));
    assertThat(delays.after(7, away, 1)).isEqualTo(Duration.ofMillis(400));
  }

  @Test
  void onlyWhatPassesIsTriedAgainButAStreamAlwaysIs() {
    var closed = new LocalMistake(LocalMistake.Kind.CLOSED, "closed");
    var refused = new ServerRefusal(Reason.GROUP_NOT_FOUND);
    assertThat(Retries.ofCalls().again()).accepts(away).rejects(refused, closed);
    assertThat(Retries.ofStreams().again()).accepts(away, refused).rejects(closed);
  }
}
