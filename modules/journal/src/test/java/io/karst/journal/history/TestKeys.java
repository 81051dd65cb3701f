package io.karst.journal.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Sha256;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 and a Curve25519 key pair that follow from a name. */
final class TestKeys {

  private final byte[] secret;
  private final Bytes ed25519;
  private final Bytes curve25519;

  TestKeys(String name) {
    secret = Sha256.hash(Bytes.copyOf(name.getBytes(UTF_8))).toArray();
    byte[] ed25519Key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(secret, 0, ed25519Key, 0);
    ed25519 = Bytes.copyOf(ed25519Key);
    byte[] curve25519Key = new byte[X25519.POINT_SIZE];
    X25519.scalarMultBase(secret, 0, curve25519Key, 0);
    curve25519 = Bytes.copyOf(curve25519Key);
  }

  Bytes ed25519() {
    return ed25519;
  }

  Bytes curve25519() {
    return curve25519;
  }

  Bytes sign(Bytes message) {
    byte[] bytes = message.toArray();
    return Bytes.copyOf(Arrays.copyOfRange(append(bytes), bytes.length, bytes.length + 64));
  }

  /** The message with its signature behind it. */
  byte[] append(byte[] message) {
    byte[] signed = Arrays.copyOf(message, message.length + Ed25519.SIGNATURE_SIZE);
    Ed25519.sign(secret, 0, message, 0, message.length, signed, message.length);
    return signed;
  }
}
