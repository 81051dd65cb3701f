package io.karst.edge.call;

import io.grpc.Context;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.AccountRole;
import io.karst.domain.id.DeviceAddress;

/**
 * Who makes a call, as its token proves.
 *
 * <p>The token carries the device's signing key, which never changes while the device exists: so
 * what the device has signed is verified without asking anybody for the key.
 *
 * @param role what the account may do at all
 * @param ed25519Key the device's identity key, 32 bytes
 */
public record Principal(DeviceAddress address, AccountRole role, Bytes ed25519Key) {

  /** Where a call's principal is while the call is handled; absent in calls that need none. */
  public static final Context.Key<Principal> KEY = Context.key("karst-principal");

  /** The principal of the call that the current thread has just received. */
  public static Principal current() {
    Principal principal = KEY.get();
    if (principal == null) {
      throw new IllegalStateException("a method that needs a principal was reached without one");
    }
    return principal;
  }
}
