package io.karst.client.api;

import io.karst.domain.access.KeyState;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.id.DeviceAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * The server's answer to why a device cannot read a message, supposed that it cannot.
 *
 * @param reason {@link UnreadableReason#KEY_ACKNOWLEDGED} where the server knows of no obstacle
 * @param evidence what the server knows; none when no envelope stands at the offset
 */
public record Explanation(UnreadableReason reason, Optional<Evidence> evidence) {

  /**
   * What the server knows of a device's way to a message. One to its sender's own other devices has
   * no epoch: epoch and index are 0, the roster is the sender and those to whom it is sealed, and
   * the device's copy of it counts as the key.
   *
   * @param epoch under which the message was encrypted
   * @param index its place in the sender's session
   * @param committer who drew and sealed the epoch's key
   * @param epochStartedOffset of the entry that holds the sealed keys
   * @param reader who the device was then and is now
   * @param key where the key is that was sealed to the device
   * @param sealedToFallback with a fallback key of the device: no one-time key was left
   */
  public record Evidence(
      DeviceAddress sender,
      Instant acceptedAt,
      long epoch,
      long index,
      DeviceAddress committer,
      long epochStartedOffset,
      Reader reader,
      KeyState key,
      boolean sealedToFallback) {}

  /**
   * Who the device was and is.
   *
   * @param memberInRoster a device of the member was in the epoch's roster
   * @param deviceInRoster this one was
   * @param memberNow the member is in the group
   * @param revoked the member has revoked the device
   */
  public record Reader(
      boolean memberInRoster, boolean deviceInRoster, boolean memberNow, boolean revoked) {}
}
