package io.karst.client.recovery;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import java.time.Duration;
import java.time.Instant;

/**
 * How often a device does by itself what costs others something, whatever makes it do so.
 *
 * <p>Without these bounds a peer, or the server, could make a device use up others' one-time keys
 * or start epochs without end.
 */
public final class Repairs {

  /** New pairwise sessions with one peer in {@link #PERIOD}: each takes a one-time key of it. */
  public static final int SESSIONS_MAX = 4;

  /**
   * Epochs of a group that are started in {@link #PERIOD} because this device cannot read or speak
   * in the newest one, and not because its rules say so.
   */
  public static final int RENEWALS_MAX = 4;

  /** After that a device may try anew. */
  public static final Duration PERIOD = Duration.ofHours(1);

  private Repairs() {}

  /** Whether a group may be renewed once more. */
  public static boolean mayRenew(ClimbTable spent, GroupId group, Instant now) {
    return may(spent, renewal(group), RENEWALS_MAX, now);
  }

  /** Counts an epoch that is about to be started; false when it may not be. */
  public static boolean spendRenewal(ClimbTable spent, GroupId group, Instant now) {
    return spend(spent, renewal(group), RENEWALS_MAX, now);
  }

  /**
   * Counts a session that is about to be opened, for whatever it is to carry, with the owner of a
   * Curve25519 key; false when it may not be.
   */
  public static boolean spendSession(ClimbTable spent, Bytes peerKey, Instant now) {
    return spend(spent, "session " + peerKey.toHex(), SESSIONS_MAX, now);
  }

  private static boolean spend(ClimbTable spent, String what, int max, Instant now) {
    boolean may = may(spent, what, max, now);
    if (may) {
      spent.spend(what, now, now.minus(PERIOD));
    }
    return may;
  }

  private static boolean may(ClimbTable spent, String what, int max, Instant now) {
    return spent.spentSince(what, now.minus(PERIOD)) < max;
  }

  private static String renewal(GroupId group) {
    return "epoch " + group.value();
  }
}
