package io.karst.client.api.verification;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import java.time.Instant;
import java.util.List;

/**
 * What this device knows of a member's identity.
 *
 * <p>A member is verified as a whole: its devices are a signed chain, so who knows one of them in
 * person knows which others are its. What the chain becomes keeps it verified; another chain does
 * not.
 *
 * @param standing of the chain that this device believes in now
 * @param devices those that were compared, ascending by address, also of a chain that is not
 *     believed in any more
 */
public record Trust(MemberId member, Standing standing, List<VerifiedDevice> devices) {

  /** How far a member's chain can be believed. */
  public enum Standing {
    /** Nothing was heard of the member. */
    UNKNOWN,
    /** The first version was taken on trust, from the server. */
    FIRST_USE,
    /** The chain was verified in person. */
    VERIFIED,
    /** Another chain was verified in person than the member has now. */
    CHANGED
  }

  public Trust {
    devices = List.copyOf(devices);
  }

  public boolean isVerified() {
    return standing == Standing.VERIFIED;
  }

  /**
   * A device that was compared.
   *
   * @param ed25519Key its signing key, 32 bytes
   * @param root hash of version 1 of its member's device list, 32 bytes
   * @param version of that list when it was compared
   */
  public record VerifiedDevice(
      DeviceAddress device, Bytes ed25519Key, Bytes root, long version, Way way, Instant at) {}

  /** How it was compared. */
  public enum Way {
    /** Emoji or numbers on two screens. */
    SHORT_STRING,
    /** A code that one device showed and the other read. */
    CODE
  }
}
