package io.karst.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.edge.ManualClock;
import io.karst.edge.call.RandomBytes;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChallengesTest {

  private static final DeviceAddress PHONE = DeviceAddress.of("alice", "phone");
  private static final RandomBytes RANDOM = new Random(1)::nextBytes;

  private final ManualClock clock = new ManualClock();
  private final ServerSecret secret = new ServerSecret(new byte[32]);
  private final Challenges challenges = new Challenges(secret, clock, RANDOM);

  @Test
  void aChallengeIsOpenForItsDeviceOnly() {
    Bytes challenge = challenges.draw(PHONE).bytes();
    assertThat(challenges.isOpen(PHONE, challenge)).isTrue();
    assertThat(challenges.isOpen(DeviceAddress.of("alice", "tablet"), challenge))
        .isFalse();
    assertThat(challenges.isOpen(DeviceAddress.of("alicep", "hone"), challenge)).isFalse();
  }

  @Test
  void aChallengeIsOpenUntilItExpires() {
    var challenge = challenges.draw(PHONE);
    assertThat(challenge.expiresAt()).isEqualTo(clock.instant().plusSeconds(60));
    clock.advance(Duration.ofMillis(59_999));
    assertThat(challenges.isOpen(PHONE, challenge.bytes())).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(challenges.isOpen(PHONE, challenge.bytes())).isFalse();
  }

  @Test
  void aChallengeIsClosedOnce() {
    Bytes challenge = challenges.draw(PHONE).bytes();
    assertThat(challenges.close(challenge)).isTrue();
    assertThat(challenges.isOpen(PHONE, challenge)).isFalse();
    assertThat(challenges.close(challenge)).isFalse();
  }

  @Test
  void noBitOfAChallengeCanBeChanged() {
    byte[] challenge = challenges.draw(PHONE).bytes().toArray();
    for (int bit = 0; bit < challenge.length * 8; bit++) {
      byte[] changed = challenge.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(challenges.isOpen(PHONE, Bytes.copyOf(changed)))
          .as("bit %d", bit)
          .isFalse();
    }
    assertThat(challenges.isOpen(PHONE, Bytes.EMPTY)).isFalse();
  }

  @Test
  void nodesWithTheSameSecretAcceptEachOthersChallenges() {
    Bytes challenge = challenges.draw(PHONE).bytes();
    assertThat(new Challenges(secret, clock, RANDOM).isOpen(PHONE, challenge)).isTrue();
    byte[] other = new byte[32];
    other[0] = 1;
    assertThat(new Challenges(new ServerSecret(other), clock, RANDOM).isOpen(PHONE, challenge))
        .isFalse();
  }
}
