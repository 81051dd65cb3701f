package io.karst.domain.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.domain.walk.Fake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that breaks its invariant cannot be made. */
class EpochValuesTest {

  private static final DeviceAddress ALICE = DeviceAddress.of("alice", "phone");
  private static final Bytes HASH = Fake.bytes("hash", 32);

  @ParameterizedTest(name = "{0} devices")
  @ValueSource(ints = {1, 999, 1000})
  void aManifestNamesUpToAThousandDevices(int devices) {
    assertThat(manifest(1, Bytes.EMPTY, 32, roster(devices)).roster()).hasSize(devices);
  }

  @Test
  void aManifestOutOfBoundsCannotBeMade() {
    List<RosterEntry> one = roster(1);
    assertInvalid(() -> manifest(1, Bytes.EMPTY, 32, roster(0)));
    assertInvalid(() -> manifest(1, Bytes.EMPTY, 32, roster(1001)));
    assertInvalid(() -> manifest(0, HASH, 32, one));
    assertInvalid(() -> manifest(1, HASH, 32, one));
    assertInvalid(() -> manifest(2, Bytes.EMPTY, 32, one));
    assertInvalid(() -> manifest(2, Fake.bytes("hash", 31), 32, one));
    assertInvalid(() -> manifest(1, Bytes.EMPTY, 31, one));
    assertThat(manifest(2, HASH, 32, one).epoch()).isEqualTo(2);
  }

  @Test
  void aRosterAscendsAndNamesEachDeviceOnce() {
    List<RosterEntry> two = roster(2);
    List<RosterEntry> reversed = new ArrayList<>(two);
    Collections.reverse(reversed);

    assertInvalid(() -> manifest(1, Bytes.EMPTY, 32, reversed));
    assertInvalid(() -> manifest(1, Bytes.EMPTY, 32, List.of(two.get(0), two.get(0))));
  }

  @Test
  void aManifestFindsItsDevices() {
    Manifest manifest = manifest(1, Bytes.EMPTY, 32, roster(3));

    assertThat(manifest.entry(DeviceAddress.of("m100", "phone")))
        .contains(roster(3).get(0));
    assertThat(manifest.entry(ALICE)).isEmpty();
  }

  @Test
  void aSealedKeyIsBounded() {
    assertThat(sealed(0, 1).olmMessage().length()).isEqualTo(1);
    assertThat(sealed(1, 511).olmMessage().length()).isEqualTo(511);
    assertThat(sealed(1, 512).olmMessage().length()).isEqualTo(512);
    assertInvalid(() -> sealed(1, 513));
    assertInvalid(() -> sealed(1, 0));
    assertInvalid(() -> sealed(2, 1));
    assertInvalid(() -> sealed(-1, 1));
  }

  @Test
  void signaturesAndHashesHaveTheirLengths() {
    Manifest manifest = manifest(1, Bytes.EMPTY, 32, roster(1));
    Bytes signature = Fake.bytes("signature", 64);
    Bytes tooShort = Fake.bytes("signature", 63);

    assertThat(new SignedManifest(manifest, HASH, signature).hash()).isEqualTo(HASH);
    assertInvalid(() -> new SignedManifest(manifest, HASH, tooShort));
    assertInvalid(() -> new SignedManifest(manifest, signature, signature));
    assertThat(new SessionBinding(ALICE, 1, HASH, signature).epoch()).isEqualTo(1);
    assertInvalid(() -> new SessionBinding(ALICE, 0, HASH, signature));
    assertInvalid(() -> new SessionBinding(ALICE, 1, HASH, tooShort));
    assertInvalid(() -> new SessionBinding(ALICE, 1, signature, signature));
  }

  @Test
  void noEpochAcceptsAnything() {
    assertThat(Epochs.NONE.accepting(0, Instant.EPOCH)).isEmpty();
    assertThat(Epochs.NONE.accepting(1, Instant.EPOCH)).isEmpty();
    assertThat(Epoch.NONE.isOpen()).isFalse();
    assertThat(Epochs.NONE.undelivered()).isEmpty();
  }

  @Test
  void theNumbersOfReasonsAreWireFormat() {
    assertThat(RotationReason.values())
        .extracting(RotationReason::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
  }

  private static Manifest manifest(
      long epoch, Bytes previousHash, int commitmentLength, List<RosterEntry> roster) {
    return new Manifest(
        Fake.groupId("g"),
        epoch,
        Manifest.KEY_SUITE_OLM,
        previousHash,
        RotationReason.MANUAL,
        ALICE,
        Fake.bytes("commitment", commitmentLength),
        roster);
  }

  private static List<RosterEntry> roster(int devices) {
    return IntStream.range(0, devices)
        .mapToObj(i -> "m" + (100 + i))
        .sorted()
        .map(name -> new RosterEntry(new MemberId(name), 1, Fake.identity(name, "phone")))
        .toList();
  }

  private static SealedKey sealed(int type, int length) {
    return new SealedKey(ALICE, type, Bytes.copyOf(new byte[length]));
  }

  private static void assertInvalid(Runnable making) {
    assertThatIllegalArgumentException().isThrownBy(making::run);
  }
}
