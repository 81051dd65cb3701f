package io.karst.client.recovery;

import java.time.Duration;

/**
 * How often a device does by itself what costs others something.
 *
 * <p>Without these bounds a peer, or the server, could make a device use up others' one-time keys
 * or start epochs without end.
 */
public final class Repairs {

  /** New pairwise sessions with one peer in {@link #PERIOD}: each takes a one-time key of it. */
  public static final int SESSIONS_MAX = 4;

  /** Epochs that are started in {@link #PERIOD} because the newest one of a group does not open. */
  public static final int RENEWALS_MAX = 4;

  /** After that a device may try anew. */
  public static final Duration PERIOD = Duration.ofHours(1);

  private Repairs() {}
}
