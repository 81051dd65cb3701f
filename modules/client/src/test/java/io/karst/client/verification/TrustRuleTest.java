package io.karst.client.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.verification.Trust;
import io.karst.client.api.verification.Trust.Standing;
import io.karst.client.api.verification.Trust.VerifiedDevice;
import io.karst.client.api.verification.Trust.Way;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.proof.signature.DeviceLists;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a verification is worth once the member's devices change. */
class TrustRuleTest {

  private static final MemberId BOB = new MemberId("bob");

  private final DeviceList first = list(1, Bytes.EMPTY, 1);
  private final DeviceList second = list(2, DeviceLists.hash(first), 2);
  private final DeviceList another = list(1, Bytes.EMPTY, 3);
  private final VerifiedDevice compared = new VerifiedDevice(
      new DeviceAddress(BOB, new DeviceId("phone")),
      Side.filled(1),
      DeviceLists.hash(first),
      1,
      Way.SHORT_STRING,
      Instant.EPOCH);

  @Test
  void aChainThatGrowsStaysVerified() {
    assertThat(standing(List.of(first), List.of(compared))).isEqualTo(Standing.VERIFIED);
    assertThat(standing(List.of(first, second), List.of(compared))).isEqualTo(Standing.VERIFIED);
    assertThat(TrustRule.trust(BOB, List.of(first), List.of(compared)).isVerified())
        .isTrue();
  }

  @Test
  void anotherChainIsNot() {
    Trust trust = TrustRule.trust(BOB, List.of(another), List.of(compared));
    assertThat(trust.standing()).isEqualTo(Standing.CHANGED);
    assertThat(trust.isVerified()).isFalse();
    assertThat(standing(List.of(), List.of(compared))).isEqualTo(Standing.CHANGED);
  }

  @Test
  void whoWasNeverComparedIsTrustedOnFirstUse() {
    assertThat(standing(List.of(first), List.of())).isEqualTo(Standing.FIRST_USE);
    assertThat(standing(List.of(), List.of())).isEqualTo(Standing.UNKNOWN);
  }

  private static Standing standing(List<DeviceList> chain, List<VerifiedDevice> verified) {
    return TrustRule.trust(BOB, chain, verified).standing();
  }

  private static DeviceList list(long version, Bytes previous, int keys) {
    var device = new DeviceIdentity(new DeviceId("phone"), Side.filled(keys), Side.filled(keys));
    return new DeviceList(
        BOB, version, previous, List.of(device), device.device(), Bytes.copyOf(new byte[64]));
  }
}
