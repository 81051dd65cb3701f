package io.karst.crypto.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 by a JCA provider whose code is native.
 *
 * <p>Only its yes counts: it judges without the cofactor, so that whatever it accepts RFC 8032
 * accepts too, and what it refuses BouncyCastle is asked about. So answers never depend on which
 * one runs, and only what is forged takes longer.
 *
 * <p>It signs where the provider makes keys without leaving copies of them on the heap, which takes
 * a key factory; and with keys whose seed is known. Else BouncyCastle signs. Signatures are
 * determined by key and message, so they are the same bytes.
 */
final class NativeEd25519 implements Ed25519Engine {

  private static final String ALGORITHM = "Ed25519";

  /** What the provider calls keys of both curves of EdDSA. */
  private static final String KEY_ALGORITHM = "EdDSA";

  /** RFC 8410: what stands before the 32 bytes of a public key, and of a seed. */
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final byte[] SEED_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final Provider provider;
  private final boolean signs;
  private final ThreadLocal<Signature> verifiers = ThreadLocal.withInitial(this::newSignature);

  /** Takes a provider that {@link SelfTest} is still to judge. */
  NativeEd25519(Provider provider) {
    this.provider = provider;
    this.signs = provider.getService("KeyFactory", KEY_ALGORITHM) != null;
  }

  private Signature newSignature() {
    try {
      return Signature.getInstance(ALGORITHM, provider);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a provider that was tested has Ed25519", e);
    }
  }

  @Override
  public boolean verifies(
      Ed25519PublicKey key, byte[] data, int length, Ed25519Signature signature) {
    return accepts(key, data, length, signature)
        || PortableEd25519.INSTANCE.verifies(key, data, length, signature);
  }

  /** What the provider says by itself. */
  boolean accepts(Ed25519PublicKey key, byte[] data, int length, Ed25519Signature signature) {
    try {
      Signature verifier = verifiers.get();
      verifier.initVerify(new EncodedKey(joined(PUBLIC_PREFIX, key.live())));
      verifier.update(data, 0, length);
      return verifier.verify(signature.live());
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public Ed25519Signer signer(Ed25519SigningKey key) {
    byte[] seed = signs ? key.liveSeed() : null;
    if (seed == null) {
      return PortableEd25519.INSTANCE.signer(key);
    }
    byte[] encoded = joined(SEED_PREFIX, seed);
    try {
      KeyFactory keys = KeyFactory.getInstance(KEY_ALGORITHM, provider);
      return new Signer(this, keys.generatePrivate(new BorrowedSpec(encoded)), key);
    } catch (GeneralSecurityException | RuntimeException e) {
      return PortableEd25519.INSTANCE.signer(key);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static byte[] joined(byte[] prefix, byte[] key) {
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    return encoded;
  }

  @Override
  public String text() {
    return provider.getName() + " " + provider.getVersionStr()
        + (signs ? "" : ", for verifying alone");
  }

  /** A public key in the form of X.509, 44 bytes, which the provider reads. */
  private static final class EncodedKey implements PublicKey {

    private static final long serialVersionUID = 1L;

    private final byte[] encoded;

    EncodedKey(byte[] encoded) {
      this.encoded = encoded;
    }

    @Override
    public String getAlgorithm() {
      return KEY_ALGORITHM;
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return encoded;
    }
  }

  /** Lends the provider an array that is wiped afterwards; the JDK's own type hands out copies. */
  private static final class BorrowedSpec extends PKCS8EncodedKeySpec {

    private final byte[] encoded;

    BorrowedSpec(byte[] encoded) {
      super(new byte[0]);
      this.encoded = encoded;
    }

    @Override
    public byte[] getEncoded() {
      return encoded;
    }
  }

  /**
   * Signs with a key in native memory, which is wiped and released with the key on the heap.
   *
   * <p>No signature object outlives a signature, so none keeps the key.
   */
  private static final class Signer implements Ed25519Signer {

    private final NativeEd25519 engine;
    private final PrivateKey copy;
    private final Ed25519SigningKey key;

    Signer(NativeEd25519 engine, PrivateKey copy, Ed25519SigningKey key) {
      this.engine = engine;
      this.copy = copy;
      this.key = key;
    }

    @Override
    public byte[] sign(byte[] data, int length) {
      byte[] signature = tryToSign(data, length);
      return signature == null
          ? PortableEd25519.INSTANCE.signer(key).sign(data, length)
          : signature;
    }

    private byte @Nullable [] tryToSign(byte[] data, int length) {
      try {
        Signature signer = engine.newSignature();
        signer.initSign(copy);
        signer.update(data, 0, length);
        byte[] signature = signer.sign();
        return signature.length == Ed25519Signature.LENGTH ? signature : null;
      } catch (GeneralSecurityException | RuntimeException e) {
        return null;
      }
    }

    @Override
    public void destroy() {
      try {
        if (!copy.isDestroyed()) {
          copy.destroy();
        }
      } catch (DestroyFailedException e) {
        throw new IllegalStateException("the native copy of a key cannot be wiped", e);
      }
    }

    @Override
    public boolean isDestroyed() {
      return copy.isDestroyed();
    }

    @Override
    public String toString() {
      return "Signer of " + key;
    }
  }
}
