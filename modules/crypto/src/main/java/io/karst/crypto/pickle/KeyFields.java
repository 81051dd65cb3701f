package io.karst.crypto.pickle;

import io.karst.crypto.error.KeyRejectedException;
import io.karst.crypto.error.PickleException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.Curve25519SecretKey;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.primitive.Wipe;

/** Turns stored bytes back into keys; takes the bytes over and wipes them. */
public final class KeyFields {

  private KeyFields() {}

  public static Ed25519PublicKey ed25519(byte[] bytes) throws PickleException {
    return read(bytes, Ed25519PublicKey::fromBytes);
  }

  /** From a pickle of our own: it is authenticated, and the key in it was checked. */
  static Ed25519PublicKey checkedEd25519(byte[] bytes) throws PickleException {
    return read(bytes, Ed25519PublicKey::fromCheckedBytes);
  }

  /** A signing key from its seed of 32 bytes. */
  public static Ed25519SigningKey seed(byte[] bytes) throws PickleException {
    return read(bytes, Ed25519SigningKey::fromSeed);
  }

  /** A signing key from its expanded form of 64 bytes. */
  public static Ed25519SigningKey expanded(byte[] bytes) throws PickleException {
    return read(bytes, Ed25519SigningKey::fromExpanded);
  }

  public static Curve25519PublicKey curve25519(byte[] bytes) throws PickleException {
    return read(bytes, Curve25519PublicKey::fromBytes);
  }

  public static Curve25519SecretKey curve25519Secret(byte[] bytes) throws PickleException {
    return read(bytes, Curve25519SecretKey::fromBytes);
  }

  private static <K> K read(byte[] bytes, Parser<K> parser) throws PickleException {
    try {
      return parser.parse(bytes);
    } catch (KeyRejectedException e) {
      throw StateReader.malformed(e.code().text());
    } finally {
      Wipe.all(bytes);
    }
  }

  /** One of the key types' own. */
  @FunctionalInterface
  private interface Parser<K> {
    K parse(byte[] bytes) throws KeyRejectedException;
  }
}
