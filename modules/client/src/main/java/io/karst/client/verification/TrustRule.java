package io.karst.client.verification;

import io.karst.client.api.verification.Trust;
import io.karst.client.api.verification.Trust.Standing;
import io.karst.client.api.verification.Trust.VerifiedDevice;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.MemberId;
import io.karst.proof.signature.DeviceLists;
import java.util.List;

/**
 * What a verification in person is worth today: it was of a chain, named by its first version, and
 * holds for whatever devices that chain names later. It does not hold for another chain.
 */
public final class TrustRule {

  private TrustRule() {}

  /**
   * How far a member can be believed.
   *
   * @param chain its verified device lists from the first on; empty when it is not known
   * @param verified its devices that were compared
   */
  public static Trust trust(
      MemberId member, List<DeviceList> chain, List<VerifiedDevice> verified) {
    return new Trust(member, standing(chain, verified), verified);
  }

  private static Standing standing(List<DeviceList> chain, List<VerifiedDevice> verified) {
    if (verified.isEmpty()) {
      return chain.isEmpty() ? Standing.UNKNOWN : Standing.FIRST_USE;
    }
    return holds(chain, verified) ? Standing.VERIFIED : Standing.CHANGED;
  }

  /** Whether a device of this chain was compared. */
  public static boolean holds(List<DeviceList> chain, List<VerifiedDevice> verified) {
    if (chain.isEmpty()) {
      return false;
    }
    Bytes root = DeviceLists.hash(chain.get(0));
    return verified.stream().anyMatch(device -> device.root().equals(root));
  }
}
