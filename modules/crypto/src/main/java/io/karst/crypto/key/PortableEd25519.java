package io.karst.crypto.key;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Ed25519 by BouncyCastle: in Java, everywhere, and the judge of the others. */
final class PortableEd25519 implements Ed25519Engine {

  static final PortableEd25519 INSTANCE = new PortableEd25519();

  private PortableEd25519() {}

  @Override
  public boolean verifies(
      Ed25519PublicKey key, byte[] data, int length, Ed25519Signature signature) {
    return Ed25519.verify(signature.live(), 0, key.point(), data, 0, length);
  }

  @Override
  public Ed25519Signer signer(Ed25519SigningKey key) {
    return new Signer(key);
  }

  /** Borrows the key's expanded form and holds nothing itself. */
  private static final class Signer implements Ed25519Signer {

    private final Ed25519SigningKey key;

    Signer(Ed25519SigningKey key) {
      this.key = key;
    }

    @Override
    public byte[] sign(byte[] data, int length) {
      byte[] signature = new byte[Ed25519Signature.LENGTH];
      byte[] publicKey = key.publicKey().live();
      Ed25519.ExpandedKey.sign(key.liveExpanded(), 0, publicKey, 0, data, 0, length, signature, 0);
      return signature;
    }

    @Override
    public void destroy() {
      // The key wipes itself.
    }

    @Override
    public boolean isDestroyed() {
      return key.isDestroyed();
    }

    @Override
    public String toString() {
      return "Signer of " + key;
    }
  }

  @Override
  public String text() {
    return "BouncyCastle";
  }
}
