package io.karst.crypto.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.key.SecretAccess;
import io.karst.crypto.megolm.SenderRatchet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Golden values were computed by a second implementation, from docs/protocol.md alone. */
class EpochKeyTest {

  private static final String KEY =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final SecretAccess ACCESS = SecretAccess.forPickling();

  @Test
  void senderRatchetsHaveTheirGoldenValue() {
    SenderRatchet ratchet = key().senderRatchet("g1", 7, "älice", "phone");

    assertThat(HexFormat.of().formatHex(ratchet.bytes(ACCESS)))
        .isEqualTo("5f6d8cb0df25971296cfed7a3e98d0efb87f0ec34b3c0378997e84a5ebf69555"
            + "74c8c5d0c1cf1f65697e8bf9d478d63a5f068e2406a0dbc0569c0ded53e4288c"
            + "fa7259ee6e9eb3c741b087462655c739b1e2c0e185cf9a5822ebb6ac45b08e6a"
            + "a79e96df9aa96a0d662c24af3997f09fbfb52606af7322ea010af3c0005782bb");
  }

  @Test
  void theCommitmentHasItsGoldenValue() {
    byte[] commitment = key().commitment("g1", 7);

    assertThat(HexFormat.of().formatHex(commitment))
        .isEqualTo("f492f3eb36a7a1a5344cd0f9ff7c60e715cca85e84204c8d58dd675199b06d18");
    assertThat(key().matches(commitment, "g1", 7)).isTrue();
  }

  @Test
  void everyFieldSeparatesRatchetsAndCommitments() {
    EpochKey key = key();
    byte[] ratchet = key.senderRatchet("g", 1, "ab", "c").bytes(ACCESS);
    byte[] commitment = key.commitment("g", 1);

    assertThat(key.senderRatchet("h", 1, "ab", "c").bytes(ACCESS)).isNotEqualTo(ratchet);
    assertThat(key.senderRatchet("g", 2, "ab", "c").bytes(ACCESS)).isNotEqualTo(ratchet);
    assertThat(key.senderRatchet("g", 1, "a", "bc").bytes(ACCESS)).isNotEqualTo(ratchet);
    assertThat(key.senderRatchet("g", 1, "abc", "").bytes(ACCESS)).isNotEqualTo(ratchet);
    assertThat(key.matches(commitment, "h", 1)).isFalse();
    assertThat(key.matches(commitment, "g", 2)).isFalse();
    assertThat(EpochKey.generate(new FixedRandom(1)).matches(commitment, "g", 1))
        .isFalse();
  }

  @Test
  void epochsAreNumberedFromOne() {
    EpochKey key = key();

    assertThatIllegalArgumentException().isThrownBy(() -> key.commitment("g", 0));
    assertThat(key.commitment("g", 1)).hasSize(32);
    assertThat(key.commitment("g", Long.MAX_VALUE)).hasSize(32);
  }

  @Test
  void aDestroyedKeyRefusesAllUseAndPrintsNothing() {
    EpochKey key = key();
    assertThat(key).hasToString("EpochKey(secret)");

    key.destroy();

    assertThat(key.isDestroyed()).isTrue();
    assertThat(key).hasToString("EpochKey(destroyed)");
    assertThatIllegalStateException().isThrownBy(() -> key.commitment("g", 1));
    assertThatIllegalStateException().isThrownBy(() -> key.senderRatchet("g", 1, "a", "b"));
    assertThatIllegalStateException().isThrownBy(() -> SealedPayload.of(key, new byte[32]));
  }

  @Test
  void anEpochKeyHasExactlyThirtyTwoBytes() {
    assertThatIllegalArgumentException().isThrownBy(() -> EpochKey.fromOpened(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> EpochKey.fromOpened(new byte[33]));
  }

  static EpochKey key() {
    return EpochKey.fromOpened(HexFormat.of().parseHex(KEY));
  }
}
