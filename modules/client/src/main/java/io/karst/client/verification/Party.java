package io.karst.client.verification;

import io.karst.client.api.verification.VerificationCode;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import java.util.List;
import java.util.Optional;

/**
 * One of the two, as a device knows it: its keys, and its member's chain of device lists.
 *
 * @param chain hashes of all versions from the first on; not empty
 */
public record Party(MemberId member, DeviceIdentity identity, List<Bytes> chain) {

  public Party {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain has a first version");
    }
  }

  public DeviceAddress address() {
    return new DeviceAddress(member, identity.device());
  }

  /** Hash of version 1: it names the chain. */
  public Bytes root() {
    return chain.get(0);
  }

  /** The newest version. */
  public long version() {
    return chain.size();
  }

  /** Hash of a version, if it is known. */
  Optional<Bytes> hash(long version) {
    return version >= 1 && version <= chain.size()
        ? Optional.of(chain.get((int) version - 1))
        : Optional.empty();
  }

  /** What a code says of it. */
  public VerificationCode.Identity inCode() {
    return new VerificationCode.Identity(address(), identity.ed25519Key(), root());
  }
}
