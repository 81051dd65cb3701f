package io.karst.crypto.sas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.SasException;
import io.karst.crypto.key.Curve25519PublicKey;
import org.junit.jupiter.api.Test;

class SasTest {

  private final Sas alice = Sas.start(new FixedRandom(1));
  private final Sas bob = Sas.start(new FixedRandom(2));

  @Test
  void aVerificationKeyIsUsedOnce() throws Exception {
    alice.agree(bob.publicKey());

    assertThat(alice.isDestroyed()).isTrue();
    assertThatIllegalStateException().isThrownBy(() -> alice.agree(bob.publicKey()));
  }

  @Test
  void aPeerKeyThatContributesNothingIsRefusedAndConsumesNothing() throws Exception {
    Curve25519PublicKey zero = Curve25519PublicKey.fromBytes(new byte[32]);

    assertThatThrownBy(() -> alice.agree(zero)).isInstanceOf(KeyRejectedException.class);

    assertThat(alice.isDestroyed()).isFalse();
  }

  @Test
  void aMacOverOtherInputIsRefused() throws Exception {
    EstablishedSas sas = alice.agree(bob.publicKey());
    String mac = sas.mac("ed25519:DEVICE", "info");

    assertThatThrownBy(() -> sas.verifyMac("ed25519:OTHER", "info", mac))
        .isInstanceOf(SasException.class);
    assertThatThrownBy(() -> sas.verifyMac("ed25519:DEVICE", "other", mac))
        .isInstanceOf(SasException.class);
    assertThatThrownBy(() -> sas.verifyMac("ed25519:DEVICE", "info", mac + "="))
        .isInstanceOf(SasException.class);
    assertThatThrownBy(() -> sas.verifyLegacyMac("ed25519:DEVICE", "info", mac))
        .isInstanceOf(SasException.class);
  }

  @Test
  void oneTo8160BytesCanBeCompared() throws Exception {
    EstablishedSas sas = alice.agree(bob.publicKey());

    assertThat(sas.bytes("info", 1)).hasSize(1);
    assertThat(sas.bytes("info", 8160)).hasSize(8160);
    assertThatIllegalArgumentException().isThrownBy(() -> sas.bytes("info", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> sas.bytes("info", 8161));
  }

  @Test
  void theTableOfEmojiHasSixtyFourEntriesInTheOrderOfTheStandard() {
    assertThat(SasEmoji.values()).hasSize(64);
    assertThat(SasEmoji.DOG.index()).isZero();
    assertThat(SasEmoji.PIN.index()).isEqualTo(63);
    assertThat(SasEmoji.THUMBS_UP.title()).isEqualTo("Thumbs Up");
  }

  @Test
  void theEdgesOfTheShortStringsAreReached() {
    byte[] ones = {-1, -1, -1, -1, -1, -1};

    assertThat(new SasBytes(new byte[6]).decimals()).containsExactly(1000, 1000, 1000);
    assertThat(new SasBytes(ones).decimals()).containsExactly(9191, 9191, 9191);
    assertThat(new SasBytes(new byte[6]).emoji()).containsOnly(SasEmoji.DOG);
    assertThat(new SasBytes(ones).emoji()).containsOnly(SasEmoji.PIN);
  }

  @Test
  void nothingSecretIsPrinted() throws Exception {
    assertThat(alice).hasToString("Sas(secret)");
    EstablishedSas sas = alice.agree(bob.publicKey());
    assertThat(alice).hasToString("Sas(destroyed)");
    assertThat(sas).hasToString("EstablishedSas(secret)");
    assertThat(sas.bytes("info")).hasToString("SasBytes(secret)");
    sas.destroy();
    assertThat(sas).hasToString("EstablishedSas(destroyed)");
    assertThatIllegalStateException().isThrownBy(() -> sas.bytes("info"));
  }
}
