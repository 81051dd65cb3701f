package io.karst.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.crypto.FixedRandom;
import io.karst.crypto.error.SignatureRejectedException;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

/** Providers that are missing, broken or lie. */
class Ed25519ImplementationTest {

  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

  @Test
  void withoutAProviderItIsBouncyCastle() {
    requirePortable(Optional::empty, "no native provider is on the class path");
  }

  @Test
  void aProviderThatDoesNotLoadIsPassedOver() {
    requirePortable(
        () -> {
          throw new UnsatisfiedLinkError("no file for this platform");
        },
        "the native provider does not load: UnsatisfiedLinkError");
    requirePortable(
        () -> {
          throw new ServiceConfigurationError("broken");
        },
        "the native provider does not load: ServiceConfigurationError");
    requirePortable(
        () -> {
          throw new SecurityException("forbidden");
        },
        "the native provider does not load: SecurityException");
  }

  @Test
  void aProviderWithoutEd25519IsPassedOver() {
    requirePortable(() -> Optional.of(new Planted("Empty")), "Empty 1.0, for verifying alone");
  }

  @Test
  void aProviderThatSaysYesToEverythingIsPassedOver() {
    var gullible = new Planted("Gullible");
    gullible.put("Signature.Ed25519", Planted.Gullible.class.getName());
    requirePortable(
        () -> Optional.of(gullible), "Gullible 1.0, for verifying alone does not pass its test");
  }

  @Test
  void aProviderThatSaysNoToEverythingIsPassedOver() {
    var stubborn = new Planted("Stubborn");
    stubborn.put("Signature.Ed25519", Planted.Stubborn.class.getName());
    requirePortable(
        () -> Optional.of(stubborn), "Stubborn 1.0, for verifying alone does not pass its test");
  }

  @Test
  void aProviderThatReducesWhatIsTooBigIsPassedOver() {
    var lax = new Planted("Lax");
    lax.put("Signature.Ed25519", Planted.Reducing.class.getName());
    requirePortable(() -> Optional.of(lax), "Lax 1.0, for verifying alone does not pass its test");
  }

  @Test
  void aProviderThatJudgesRightlyIsTakenForThat() {
    var honest = new Planted("Honest");
    honest.put("Signature.Ed25519", Planted.Honest.class.getName());
    assertThat(Ed25519Implementation.chosen("", () -> Optional.of(honest)))
        .hasToString("Honest 1.0, for verifying alone");
  }

  @Test
  void aProviderThatSignsWronglyIsPassedOver() {
    var forger = new Planted("Forger");
    forger.put("Signature.Ed25519", Planted.Forging.class.getName());
    forger.put("KeyFactory.EdDSA", Planted.Keys.class.getName());
    requirePortable(() -> Optional.of(forger), "Forger 1.0 does not pass its test");
  }

  @Test
  void whereAProviderMakesNoKeyBouncyCastleSigns() throws Exception {
    var keyless = new Planted("Keyless");
    keyless.put("Signature.Ed25519", Planted.Honest.class.getName());
    keyless.put("KeyFactory.EdDSA", Planted.NoKeys.class.getName());
    var engine = new NativeEd25519(keyless);

    assertThat(SelfTest.passes(engine)).isTrue();
    try (Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(1));
        Ed25519Signer signer = engine.signer(key)) {
      assertThat(signer.sign(HELLO, HELLO.length)).isEqualTo(key.sign(HELLO).bytes());
    }
  }

  @Test
  void aProviderThatBreaksWhileItJudgesHasNotSaidYes() throws Exception {
    var broken = new Planted("Broken");
    broken.put("Signature.Ed25519", Planted.Breaking.class.getName());
    var engine = new NativeEd25519(broken);
    try (Ed25519SigningKey key = Ed25519SigningKey.generate(new FixedRandom(1))) {
      Ed25519PublicKey publicKey = key.publicKey();
      Ed25519Signature signature = key.sign(HELLO);

      assertThat(engine.accepts(publicKey, HELLO, HELLO.length, signature)).isFalse();
      publicKey.verify(engine, HELLO, HELLO.length, signature);
      assertThatThrownBy(() -> publicKey.verify(engine, HELLO, 1, signature))
          .isInstanceOf(SignatureRejectedException.class);
    }
  }

  @Test
  void whatRunsIsTold() {
    assertThat(Ed25519Implementation.inUse())
        .matches("(BouncyCastle \\(.+\\)|AmazonCorrettoCryptoProvider .+)");
    assertThat(Ed25519Implementation.inUse())
        .startsWith(Ed25519Implementation.engine().text());
  }

  private static void requirePortable(Ed25519Implementation.Search search, String why) {
    var chosen = Ed25519Implementation.chosen("", search);
    assertThat(chosen.chosenEngine()).isSameAs(PortableEd25519.INSTANCE);
    assertThat(chosen.toString()).startsWith("BouncyCastle (").contains(why);
  }
}
