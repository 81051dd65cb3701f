package io.karst.proof.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.SignedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Samples;
import org.junit.jupiter.api.Test;

class DeviceKeysTest {

  private static final DeviceAddress PHONE = Samples.ALICE_PHONE;

  private final DeviceKeys keys = new DeviceKeys(new Signatures());
  private final Signer phone = new Signer("phone", 1);
  private final Bytes oneTimeKey = new Signer("one-time", 3).identity().curve25519Key();

  @Test
  void aKeyThatItsDeviceSignedHolds() {
    assertThat(keys.oneTimeKey(PHONE, phone.publicKey(), signed(oneTimeKey, false)))
        .isEqualTo(Verdict.VALID);
    assertThat(keys.oneTimeKey(PHONE, phone.publicKey(), signed(oneTimeKey, true)))
        .isEqualTo(Verdict.VALID);
  }

  @Test
  void aOneTimeKeyCannotBeTurnedIntoAFallbackKey() {
    SignedKey key = signed(oneTimeKey, false);
    var turned = new SignedKey(key.keyId(), key.curve25519Key(), true, key.signature());
    assertThat(keys.oneTimeKey(PHONE, phone.publicKey(), turned))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void aKeyCannotBeMovedToAnotherDevice() {
    assertThat(keys.oneTimeKey(Samples.ALICE_LAPTOP, phone.publicKey(), signed(oneTimeKey, false)))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void aKeyOfLowOrderIsRefusedThoughItIsSigned() {
    assertThat(keys.oneTimeKey(PHONE, phone.publicKey(), signed(Samples.repeated(0, 32), false)))
        .isEqualTo(Verdict.KEY_INVALID);
  }

  @Test
  void aProofHoldsForItsChallengeAndDeviceOnly() {
    Bytes challenge = Samples.repeated(4, 32);
    Bytes signature = phone.sign(DeviceStatements.deviceProof(PHONE, challenge));
    assertThat(keys.proof(PHONE, phone.publicKey(), challenge, signature)).isEqualTo(Verdict.VALID);
    assertThat(keys.proof(PHONE, phone.publicKey(), Samples.repeated(5, 32), signature))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
    assertThat(keys.proof(Samples.ALICE_LAPTOP, phone.publicKey(), challenge, signature))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  private SignedKey signed(Bytes key, boolean fallback) {
    Bytes signature = phone.sign(DeviceStatements.oneTimeKey(PHONE, 5, key, fallback));
    return new SignedKey(5, key, fallback, signature);
  }
}
