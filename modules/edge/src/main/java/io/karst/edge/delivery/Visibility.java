package io.karst.edge.delivery;

import io.karst.domain.epoch.Manifest;
import io.karst.domain.id.MemberId;

/**
 * Whether a member may read the envelopes of the newest epoch and of the one before, whose
 * envelopes may still come in grace.
 *
 * <p>A member may read what was said in an epoch whose roster has one of its devices, and in those
 * that somebody has shared with it.
 *
 * @param newest 0 before the first epoch
 * @param givenFrom the first epoch that was shared with it
 */
public record Visibility(long newest, boolean newestRead, boolean previousRead, long givenFrom) {

  /** Nothing was shared. */
  static final long NOTHING = Long.MAX_VALUE;

  static final Visibility BEFORE_FIRST = new Visibility(0, false, false, NOTHING);

  boolean mayRead(long epoch) {
    boolean wasThere = epoch == newest ? newestRead : epoch == newest - 1 && previousRead;
    return wasThere || epoch >= givenFrom;
  }

  /** After a further epoch has started. */
  Visibility after(Manifest manifest, MemberId member) {
    if (manifest.epoch() != newest + 1) {
      throw new IllegalStateException("epoch " + manifest.epoch() + " after " + newest);
    }
    boolean included = manifest.roster().stream().anyMatch(e -> e.member().equals(member));
    return new Visibility(manifest.epoch(), included, newestRead, givenFrom);
  }
}
