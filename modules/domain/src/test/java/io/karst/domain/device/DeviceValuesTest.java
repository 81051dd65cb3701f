package io.karst.domain.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.domain.walk.Fake;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that breaks its invariant cannot be made. */
class DeviceValuesTest {

  private static final Bytes HASH = Fake.bytes("hash", 32);
  private static final Bytes SIGNATURE = Fake.bytes("signature", 64);

  @ParameterizedTest(name = "{0} devices")
  @ValueSource(ints = {1, 7, 8})
  void aListNamesUpToEightDevices(int devices) {
    assertThat(list(1, Bytes.EMPTY, devices, SIGNATURE).devices()).hasSize(devices);
  }

  @Test
  void aListOutOfBoundsCannotBeMade() {
    assertInvalid(() -> list(1, Bytes.EMPTY, 0, SIGNATURE));
    assertInvalid(() -> list(1, Bytes.EMPTY, 9, SIGNATURE));
    assertInvalid(() -> list(0, Bytes.EMPTY, 1, SIGNATURE));
    assertInvalid(() -> list(1, HASH, 1, SIGNATURE));
    assertInvalid(() -> list(2, Bytes.EMPTY, 1, SIGNATURE));
    assertInvalid(() -> list(1, Bytes.EMPTY, 1, HASH));
    assertThat(list(2, HASH, 1, SIGNATURE).version()).isEqualTo(2);
  }

  @Test
  void aListAscendsAndNamesEachDeviceOnce() {
    DeviceIdentity a = Fake.identity("alice", "a");
    DeviceIdentity b = Fake.identity("alice", "b");

    assertThat(list(List.of(a, b)).device(b.device())).contains(b);
    assertThat(list(List.of(a)).device(b.device())).isEmpty();
    assertInvalid(() -> list(List.of(b, a)));
    assertInvalid(() -> list(List.of(a, a)));
  }

  @Test
  void keysHaveTheirLengths() {
    DeviceId phone = new DeviceId("phone");
    Bytes tooShort = Fake.bytes("key", 31);

    assertInvalid(() -> new DeviceIdentity(phone, tooShort, HASH));
    assertInvalid(() -> new DeviceIdentity(phone, HASH, SIGNATURE));
    assertInvalid(() -> new SignedKey(0, tooShort, false, SIGNATURE));
    assertInvalid(() -> new SignedKey(0, HASH, false, HASH));
    assertInvalid(() -> new SignedKey(-1, HASH, false, SIGNATURE));
    assertThat(new SignedKey(0, HASH, false, SIGNATURE).keyId()).isZero();
  }

  @Test
  void theNumbersOfRolesAreStored() {
    assertThat(AccountRole.values()).extracting(AccountRole::number).containsExactly(1, 2);
  }

  private static DeviceList list(long version, Bytes previous, int devices, Bytes signature) {
    List<DeviceIdentity> identities = IntStream.range(0, devices)
        .mapToObj(i -> Fake.identity("alice", "d" + i))
        .toList();
    return new DeviceList(
        new MemberId("alice"), version, previous, identities, new DeviceId("d0"), signature);
  }

  private static DeviceList list(List<DeviceIdentity> devices) {
    return new DeviceList(
        new MemberId("alice"), 1, Bytes.EMPTY, devices, new DeviceId("a"), SIGNATURE);
  }

  private static void assertInvalid(Runnable making) {
    assertThatIllegalArgumentException().isThrownBy(making::run);
  }
}
