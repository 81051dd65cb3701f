package io.karst.edge.scene;

import io.karst.domain.bytes.Bytes;
import io.karst.proof.statement.Statement;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 key pair out of a seeded source: for tests only. */
public final class SigningKey {

  private final byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

  public SigningKey(Random random) {
    random.nextBytes(seed);
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
  }

  public Bytes publicKey() {
    return Bytes.copyOf(publicKey);
  }

  public Bytes sign(Statement statement) {
    return sign(statement.bytes().toArray());
  }

  public Bytes sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    return Bytes.copyOf(signature);
  }
}
