package io.karst.crypto.key;

import io.karst.crypto.error.ErrorCode;
import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.primitive.SecretBytes;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 private key, kept in its expanded form so that signing need not expand it again.
 *
 * <p>RFC 8032 starts from a seed of 32 bytes and expands it to 64: the scalar and a prefix. libolm
 * stores the expanded form only, from which no seed can be recovered, so a key is one or the other
 * and {@link #seed} says which. The public key is always derived, never taken from outside: signing
 * with a foreign one would give the private key away. Not thread-safe while it is destroyed.
 */
public final class Ed25519SigningKey implements Secret {

  /** Bytes of the seed form. */
  public static final int SEED_LENGTH = 32;

  /** Bytes of the expanded form. */
  public static final int EXPANDED_LENGTH = 64;

  private final @Nullable SecretBytes seed;
  private final SecretBytes expanded;
  private final Ed25519PublicKey publicKey;
  private @Nullable Ed25519Signer signer;

  private Ed25519SigningKey(
      @Nullable SecretBytes seed, byte[] expanded, Ed25519PublicKey publicKey) {
    this.seed = seed;
    this.expanded = new SecretBytes(expanded);
    this.publicKey = publicKey;
  }

  /** Draws a new key. */
  public static Ed25519SigningKey generate(RandomBytes random) {
    return owningSeed(random.next(SEED_LENGTH));
  }

  /** Copies a seed of 32 bytes. */
  public static Ed25519SigningKey fromSeed(byte[] seed) throws KeyRejectedException {
    requireLength(seed, SEED_LENGTH);
    return owningSeed(seed.clone());
  }

  /** Copies an expanded key of 64 bytes, scalar and prefix, as libolm stores it. */
  public static Ed25519SigningKey fromExpanded(byte[] expanded) throws KeyRejectedException {
    requireLength(expanded, EXPANDED_LENGTH);
    byte[] copy = expanded.clone();
    return new Ed25519SigningKey(null, copy, Ed25519PublicKey.ofExpanded(copy));
  }

  private static Ed25519SigningKey owningSeed(byte[] seed) {
    byte[] expanded = new byte[EXPANDED_LENGTH];
    Ed25519.ExpandedKey.expandPrivateKey(seed, 0, expanded, 0);
    Ed25519.ExpandedKey.prune(expanded, 0);
    return new Ed25519SigningKey(
        new SecretBytes(seed), expanded, Ed25519PublicKey.ofExpanded(expanded));
  }

  private static void requireLength(byte[] key, int length) throws KeyRejectedException {
    if (key.length != length) {
      throw new KeyRejectedException(
          ErrorCode.INVALID_KEY_LENGTH, "expected " + length + " bytes, got " + key.length);
    }
  }

  public Ed25519PublicKey publicKey() {
    return publicKey;
  }

  /** Signs {@code message}; the same message gives the same signature. */
  public Ed25519Signature sign(byte[] message) {
    return sign(message, message.length);
  }

  /** Signs the first {@code length} bytes of {@code data}. */
  public Ed25519Signature sign(byte[] data, int length) {
    return Ed25519Signature.owning(signer().sign(data, length));
  }

  /** Made when it is needed first: many keys never sign in this process. */
  private synchronized Ed25519Signer signer() {
    expanded.live();
    if (signer == null) {
      signer = Ed25519Implementation.engine().signer(this);
    }
    return signer;
  }

  /** The seed itself, null if it is not known. */
  byte @Nullable [] liveSeed() {
    return seed == null ? null : seed.live();
  }

  /** The expanded key itself. */
  byte[] liveExpanded() {
    return expanded.live();
  }

  /** A key of its own with the same content, so that either can be destroyed alone. */
  public Ed25519SigningKey copy() {
    SecretBytes seedCopy = seed == null ? null : new SecretBytes(seed.live().clone());
    return new Ed25519SigningKey(seedCopy, expanded.live().clone(), publicKey);
  }

  /** The seed's 32 bytes, if this key was made from one. */
  public Optional<byte[]> seed(SecretAccess access) {
    return Optional.ofNullable(seed).map(secret -> secret.live().clone());
  }

  /** The expanded key's 64 bytes, in the form in which libolm stores them. */
  public byte[] expanded(SecretAccess access) {
    return expanded.live().clone();
  }

  @Override
  public synchronized void destroy() {
    if (signer != null) {
      signer.destroy();
    }
    if (seed != null) {
      seed.destroy();
    }
    expanded.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return expanded.isDestroyed();
  }

  @Override
  public String toString() {
    return expanded.describe("Ed25519SigningKey");
  }
}
