package io.karst.proof.signature;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceId;
import io.karst.proof.statement.Samples;
import io.karst.proof.statement.Statement;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A device that can sign: its keys follow from one number. */
final class Signer {

  private final byte[] secretKey;
  private final DeviceIdentity identity;

  Signer(String device, int seed) {
    secretKey = Samples.repeated(seed, Ed25519.SECRET_KEY_SIZE).toArray();
    byte[] ed25519Key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(secretKey, 0, ed25519Key, 0);
    byte[] curve25519Key = new byte[X25519.POINT_SIZE];
    X25519.scalarMultBase(secretKey, 0, curve25519Key, 0);
    identity = new DeviceIdentity(
        new DeviceId(device), Bytes.copyOf(ed25519Key), Bytes.copyOf(curve25519Key));
  }

  DeviceIdentity identity() {
    return identity;
  }

  Bytes publicKey() {
    return identity.ed25519Key();
  }

  /** The secret scalar that RFC 8032 derives from the secret key. */
  BigInteger scalar() {
    byte[] hash = sha512(secretKey);
    hash[0] &= (byte) 0xf8;
    hash[31] = (byte) ((hash[31] & 0x7f) | 0x40);
    return SignaturesTest.littleEndian(hash, 0, 32);
  }

  static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Bytes sign(Statement statement) {
    byte[] message = statement.bytes().toArray();
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(secretKey, 0, message, 0, message.length, signature, 0);
    return Bytes.copyOf(signature);
  }
}
