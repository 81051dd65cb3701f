package io.karst.client.store;

import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.GroupId;

/**
 * An epoch whose manifest was verified.
 *
 * @param access whether its envelopes can be read
 */
public record EpochRow(SignedManifest manifest, Access access) {

  public GroupId group() {
    return manifest.manifest().group();
  }

  public long number() {
    return manifest.manifest().epoch();
  }

  /** What the device holds of an epoch. The names are stored: never rename or reuse one. */
  public enum Access {
    /** The ratchets of its roster. */
    HELD,
    /** Nothing: the device is not in its roster. */
    NOT_IN_ROSTER,
    /** Nothing: no key came that was sealed to this device. */
    KEY_NOT_SEALED,
    /** Nothing: the sealed key does not open. */
    KEY_NOT_OPENED,
    /** Nothing: the key that was opened does not belong to the manifest. */
    KEY_REFUSED,
    /** Nothing any more: the key was there, and was forgotten with the epoch. */
    FORGOTTEN
  }
}
