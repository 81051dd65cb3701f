package io.karst.client.api;

/** Why a device cannot read an envelope. */
public enum Undecryptable {
  /** The device was not in the epoch's roster: a message of before it joined. */
  NOT_IN_ROSTER,
  /** The device refused the epoch; a security warning says why. */
  EPOCH_REFUSED,
  /** The epoch's sealed key does not open: the pairwise session is lost. */
  KEY_NOT_OPENED,
  /** The sender's session was never bound to it. */
  SESSION_UNKNOWN,
  /** The session, its binding or its header name somebody else. */
  SENDER_FORGED,
  /** The index was read before: a replay. */
  INDEX_REPLAYED,
  /** The key of this index is not kept any more. */
  INDEX_TOO_OLD,
  /** Signature, authentication or padding is wrong. */
  CORRUPT,
  /** It decrypts, but is no message of this protocol. */
  CONTENT_INVALID
}
