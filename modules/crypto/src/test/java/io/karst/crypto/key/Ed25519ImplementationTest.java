package io.karst.crypto.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

/** Providers that are missing, broken or lie. */
class Ed25519ImplementationTest {

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
    gullible.put("Signature.Ed25519", Gullible.class.getName());
    requirePortable(
        () -> Optional.of(gullible), "Gullible 1.0, for verifying alone does not pass its test");
  }

  @Test
  void aProviderThatSaysNoToEverythingIsPassedOver() {
    var stubborn = new Planted("Stubborn");
    stubborn.put("Signature.Ed25519", Stubborn.class.getName());
    requirePortable(
        () -> Optional.of(stubborn), "Stubborn 1.0, for verifying alone does not pass its test");
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

  /** A provider of the tests. */
  private static final class Planted extends Provider {
    private static final long serialVersionUID = 1L;

    Planted(String name) {
      super(name, "1.0", "a provider of the tests");
    }
  }

  /** Accepts whatever it is shown. */
  public static class Gullible extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      throw new InvalidKeyException("for verifying alone");
    }

    @Override
    protected void engineUpdate(byte data) {}

    @Override
    protected void engineUpdate(byte[] data, int from, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[0];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }

  /** Refuses whatever it is shown. */
  public static final class Stubborn extends Gullible {
    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }
  }
}
