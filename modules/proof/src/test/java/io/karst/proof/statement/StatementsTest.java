package io.karst.proof.statement;

import static io.karst.proof.statement.Samples.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.SignedKey;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares statements with bytes that were made by another program from docs/protocol.md. */
class StatementsTest {

  @Test
  void aGroupIdFollowsFromItsCreatorAndNonce() throws IOException {
    assertThat(DeviceStatements.groupId(Samples.ALICE, Samples.NONCE).value())
        .isEqualTo(golden("group-id").toHex());
    assertThat(DeviceStatements.groupId(Samples.BOB, Samples.NONCE).value())
        .isNotEqualTo(golden("group-id").toHex());
    assertThatThrownBy(() -> DeviceStatements.groupId(Samples.ALICE, repeated(1, 15)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDeviceListIsStatedAsSpecified() throws IOException {
    var phone = new DeviceId("phone");
    var first = new DeviceList(
        Samples.ALICE, 1, Bytes.EMPTY, List.of(Samples.PHONE), phone, Samples.SIGNATURE);
    Statement firstStatement = DeviceStatements.deviceList(first);
    assertThat(firstStatement.bytes()).isEqualTo(golden("device-list-1"));

    var second = new DeviceList(
        Samples.ALICE,
        2,
        firstStatement.hash(),
        List.of(Samples.LAPTOP, Samples.PHONE),
        phone,
        Samples.SIGNATURE);
    assertThat(DeviceStatements.deviceList(second).bytes()).isEqualTo(golden("device-list-2"));
  }

  @Test
  void oneTimeAndFallbackKeysAreStatedAsSpecified() throws IOException {
    long id = 0x0102030405060708L;
    var oneTime = new SignedKey(id, repeated(0x33, 32), false, Samples.SIGNATURE);
    var fallback = new SignedKey(id, repeated(0x33, 32), true, Samples.SIGNATURE);
    assertThat(DeviceStatements.oneTimeKey(Samples.ALICE_PHONE, oneTime).bytes())
        .isEqualTo(golden("one-time-key"));
    assertThat(DeviceStatements.oneTimeKey(Samples.ALICE_PHONE, fallback).bytes())
        .isEqualTo(golden("fallback-key"));
  }

  @Test
  void aDeviceProofIsStatedAsSpecified() throws IOException {
    assertThat(DeviceStatements.deviceProof(Samples.ALICE_PHONE, repeated(0x44, 32))
            .bytes())
        .isEqualTo(golden("device-proof"));
  }

  @Test
  void whatOwnDevicesShareIsStatedAsSpecified() throws IOException {
    assertThat(DeviceStatements.ownerLogId(Samples.ALICE).value())
        .isEqualTo(golden("owner-log-id").toHex());
    OwnerHeader header = OwnerHeader.of(Samples.OWNER_MESSAGE);
    assertThat(OwnerStatements.message(header).bytes()).isEqualTo(golden("owner-message"));
  }

  @Test
  void aManifestIsStatedAsSpecified() throws IOException {
    assertThat(EpochStatements.manifest(Samples.FIRST).bytes()).isEqualTo(golden("manifest-1"));
    assertThat(EpochStatements.manifest(Samples.SECOND).bytes()).isEqualTo(golden("manifest-2"));
  }

  @Test
  void aSignedManifestCarriesTheHashOfItsStatement() throws IOException {
    SignedManifest signed = EpochStatements.signed(Samples.FIRST, Samples.SIGNATURE);
    assertThat(signed.hash()).isEqualTo(Sha256.hash(golden("manifest-1")));
    assertThat(signed.signature()).isEqualTo(Samples.SIGNATURE);
  }

  @Test
  void aSessionBindingIsStatedAsSpecified() throws IOException {
    var binding = new SessionBinding(Samples.BOB_TABLET, 2, repeated(0x66, 32), Samples.SIGNATURE);
    assertThat(EpochStatements.sessionBinding(Samples.GROUP, binding).bytes())
        .isEqualTo(golden("session-binding"));
  }

  @Test
  void whatIsDerivedFromAnEpochKeyIsStatedAsSpecified() throws IOException {
    assertThat(EpochStatements.keyCommitment(Samples.GROUP, 2).bytes())
        .isEqualTo(golden("key-commitment"));
    assertThat(
            EpochStatements.senderRatchet(Samples.GROUP, 2, Samples.BOB_TABLET).bytes())
        .isEqualTo(golden("sender-ratchet"));
  }

  @Test
  void sealedKeysHashTheSameInAnyOrder() throws IOException {
    List<SealedKey> reversed = new ArrayList<>(Samples.SEALED_KEYS);
    Collections.reverse(reversed);
    assertThat(EpochStatements.sealedKeysHash(Samples.SEALED_KEYS))
        .isEqualTo(golden("sealed-keys-hash"))
        .isEqualTo(EpochStatements.sealedKeysHash(reversed));
  }

  private static Bytes golden(String name) throws IOException {
    return Golden.read(StatementsTest.class, name);
  }
}
