package io.karst.proof.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.MemberId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceListsTest {

  private final DeviceLists lists = new DeviceLists(new Signatures());
  private final Signer phone = new Signer("phone", 1);
  private final Signer laptop = new Signer("laptop", 2);
  private final DeviceList first = list(Samples.ALICE, 1, Bytes.EMPTY, List.of(phone), phone);
  private final DeviceList second =
      list(Samples.ALICE, 2, DeviceLists.hash(first), List.of(laptop, phone), phone);

  @Test
  void aChainThatIsSignedLinkByLinkHolds() {
    DeviceList third = list(Samples.ALICE, 3, DeviceLists.hash(second), List.of(laptop), laptop);
    assertThat(lists.first(first)).isEqualTo(Verdict.VALID);
    assertThat(lists.next(first, second)).isEqualTo(Verdict.VALID);
    assertThat(lists.next(second, third)).isEqualTo(Verdict.VALID);
  }

  @Test
  void aNewDeviceCannotVouchForItself() {
    DeviceList selfMade =
        list(Samples.ALICE, 2, DeviceLists.hash(first), List.of(laptop, phone), laptop);
    assertThat(lists.next(first, selfMade)).isEqualTo(Verdict.SIGNER_UNKNOWN);
  }

  @Test
  void aFirstVersionIsSignedByOneOfItsOwnDevices() {
    DeviceList foreign = list(Samples.ALICE, 1, Bytes.EMPTY, List.of(phone), laptop);
    assertThat(lists.first(foreign)).isEqualTo(Verdict.SIGNER_UNKNOWN);
    assertThat(lists.first(second)).isEqualTo(Verdict.CHAIN_BROKEN);
  }

  @Test
  void aSignatureOfAnotherKeyUnderTheSignersNameIsRefused() {
    Signer impostor = new Signer("phone", 9);
    DeviceList forged = list(Samples.ALICE, 1, Bytes.EMPTY, List.of(phone), impostor);
    assertThat(lists.first(forged)).isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void aVersionThatDoesNotFollowIsRefused() {
    Bytes hash = DeviceLists.hash(first);
    var skipped = list(Samples.ALICE, 3, hash, List.of(phone), phone);
    var foreign = list(Samples.BOB, 2, hash, List.of(phone), phone);
    var unlinked = list(Samples.ALICE, 2, Samples.repeated(0, 32), List.of(phone), phone);
    assertThat(lists.next(first, skipped)).isEqualTo(Verdict.CHAIN_BROKEN);
    assertThat(lists.next(first, foreign)).isEqualTo(Verdict.CHAIN_BROKEN);
    assertThat(lists.next(first, unlinked)).isEqualTo(Verdict.CHAIN_BROKEN);
    assertThat(lists.next(first, first)).isEqualTo(Verdict.CHAIN_BROKEN);
  }

  @Test
  void aListWithAnUnfitKeyIsRefused() {
    Bytes zero = Samples.repeated(0, 32);
    var id = new DeviceId("tablet");
    var noSigningKey = new DeviceIdentity(id, zero, phone.identity().curve25519Key());
    var noIdentityKey = new DeviceIdentity(id, phone.publicKey(), zero);
    for (DeviceIdentity unfit : List.of(noSigningKey, noIdentityKey)) {
      DeviceList list =
          signed(Samples.ALICE, 1, Bytes.EMPTY, List.of(phone.identity(), unfit), phone);
      assertThat(lists.first(list)).isEqualTo(Verdict.KEY_INVALID);
    }
  }

  private static DeviceList list(
      MemberId member, long version, Bytes previous, List<Signer> devices, Signer signer) {
    return signed(
        member, version, previous, devices.stream().map(Signer::identity).toList(), signer);
  }

  private static DeviceList signed(
      MemberId member, long version, Bytes previous, List<DeviceIdentity> devices, Signer signer) {
    Bytes signature = signer.sign(DeviceStatements.deviceList(member, version, previous, devices));
    DeviceId by = signer.identity().device();
    return new DeviceList(member, version, previous, devices, by, signature);
  }
}
