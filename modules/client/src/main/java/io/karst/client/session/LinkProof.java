package io.karst.client.session;

import io.karst.crypto.olm.Account;
import io.karst.crypto.primitive.HmacSha256;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.statement.DeviceStatements;
import java.util.Arrays;

/**
 * What a device proves to the one that it adds: HMAC-SHA-256 under the secret of the link code,
 * which the server never sees. So the new device knows that the chain it is shown is its member's.
 */
public final class LinkProof {

  private LinkProof() {}

  /** The secret that a device shows in its link code: its own, and always the same. */
  public static Bytes secret(DeviceAddress device, Account account, int length) {
    byte[] statement = DeviceStatements.linkSecret(device).bytes().toArray();
    byte[] signature = account.sign(statement).bytes();
    return Bytes.copyOf(Arrays.copyOf(HmacSha256.of(signature, statement), length));
  }

  /** The proof, 32 bytes, that a device is added in this list. */
  public static Bytes of(Bytes secret, DeviceAddress device, DeviceList list) {
    Bytes statement = DeviceStatements.link(device, DeviceLists.hash(list)).bytes();
    return Bytes.copyOf(HmacSha256.of(secret.toArray(), statement.toArray()));
  }
}
