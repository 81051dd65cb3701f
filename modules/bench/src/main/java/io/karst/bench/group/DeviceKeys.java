package io.karst.bench.group;

import com.google.protobuf.ByteString;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.statement.Statement;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;

/**
 * The keys of one device: real ones, since the server checks what they sign. They live as long as
 * the process.
 */
final class DeviceKeys {

  private static final String SIGNING = "Ed25519";
  private static final String AGREEMENT = "X25519";

  private final DeviceAddress address;
  private final PrivateKey signingKey;
  private final DeviceIdentity identity;

  private DeviceKeys(DeviceAddress address, KeyPair signing) {
    this.address = address;
    this.signingKey = signing.getPrivate();
    this.identity = new DeviceIdentity(
        address.device(), raw(signing.getPublic()), raw(generate(AGREEMENT).getPublic()));
  }

  static DeviceKeys generate(DeviceAddress address) {
    return new DeviceKeys(address, generate(SIGNING));
  }

  /** A public key for a Megolm session; nothing is ever signed with the other half. */
  static Bytes sessionKey() {
    return raw(generate(SIGNING).getPublic());
  }

  /** A public key for others to agree on secrets with; nobody will. */
  static Bytes agreementKey() {
    return raw(generate(AGREEMENT).getPublic());
  }

  DeviceAddress address() {
    return address;
  }

  DeviceIdentity identity() {
    return identity;
  }

  /** 64 bytes. */
  ByteString sign(Statement statement) {
    try {
      Signature signature = Signature.getInstance(SIGNING);
      signature.initSign(signingKey);
      signature.update(statement.bytes().toArray());
      return ByteString.copyFrom(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has them since 15
    }
  }

  private static KeyPair generate(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has them since 15
    }
  }

  /** An encoded key ends with its raw bytes (RFC 8410). */
  private static Bytes raw(PublicKey key) {
    byte[] encoded = key.getEncoded();
    int from = encoded.length - DeviceIdentity.KEY_LENGTH;
    return Bytes.copyOf(Arrays.copyOfRange(encoded, from, encoded.length));
  }
}
