package io.karst.crypto.key;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** A provider of the tests, and what it may be made of. */
final class Planted extends Provider {

  private static final long serialVersionUID = 1L;

  Planted(String name) {
    super(name, "1.0", "a provider of the tests");
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

  /** Judges as RFC 8032 does, and cannot sign. */
  public static class Honest extends Gullible {
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private byte[] publicKey = {};

    @Override
    protected void engineInitVerify(PublicKey key) {
      byte[] encoded = key.getEncoded();
      publicKey =
          Arrays.copyOfRange(encoded, encoded.length - Ed25519PublicKey.LENGTH, encoded.length);
      message.reset();
    }

    @Override
    protected void engineUpdate(byte[] data, int from, int length) {
      message.write(data, from, length);
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      byte[] data = message.toByteArray();
      return Ed25519.verify(signature, 0, publicKey, 0, data, 0, data.length);
    }
  }

  /** Takes S for what is left of it when it is divided by the group's order. */
  public static final class Reducing extends Honest {

    @Override
    protected boolean engineVerify(byte[] signature) {
      int half = Ed25519Signature.LENGTH / 2;
      byte[] scalar = Arrays.reverse(Arrays.copyOfRange(signature, half, signature.length));
      byte[] reduced =
          BigIntegers.asUnsignedByteArray(half, new BigInteger(1, scalar).mod(Ed25519Test.ORDER));
      return super.engineVerify(
          Arrays.concatenate(Arrays.copyOf(signature, half), Arrays.reverse(reduced)));
    }
  }

  /** Makes signatures of the right length and nothing else. */
  public static final class Forging extends Honest {
    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected byte[] engineSign() {
      return new byte[Ed25519Signature.LENGTH];
    }
  }

  /** Breaks on whatever it is shown. */
  public static final class Breaking extends Gullible {
    @Override
    protected boolean engineVerify(byte[] signature) {
      throw new IllegalStateException("out of order");
    }
  }

  /** Has a key for everybody. */
  public static class Keys extends KeyFactorySpi {
    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      throw new InvalidKeySpecException("private keys alone");
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      return new NamelessKey();
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type)
        throws InvalidKeySpecException {
      throw new InvalidKeySpecException("private keys alone");
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      throw new InvalidKeyException("private keys alone");
    }
  }

  /** Has no key for anybody. */
  public static final class NoKeys extends Keys {
    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      throw new InvalidKeySpecException("none today");
    }
  }

  /** A key that says nothing of itself. */
  private static final class NamelessKey implements PrivateKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return "EdDSA";
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }

    @Override
    public void destroy() {
      // nothing to wipe
    }
  }
}
