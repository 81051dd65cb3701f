package io.karst.audit;

/** What can be wrong with a log: one closed list. The names are printed, so never rename one. */
public enum FindingCode {
  // The log as a whole
  /** It has no record. */
  LOG_EMPTY,
  /** A stored record cannot be read. */
  RECORD_CORRUPT,
  /** A record starts behind the place that the log has reached. */
  RECORDS_MISSING,
  /** A record starts before the place that the log has reached. */
  RECORDS_REPEATED,
  /** A record names another Merkle root than its entries give. */
  ROOT_MISMATCH,
  /** A record names another current epoch than its event gives. */
  EPOCH_MISMATCH,
  /** A head that somebody was shown is not one of this log. */
  HEAD_CONTRADICTED,
  /** A head that somebody was shown lies behind the end of this log. */
  LOG_CUT_OFF,
  /** The log ends inside of a commit, which is one write. */
  COMMIT_UNFINISHED,
  /** No rule could have decided the event; no narrower code fits. */
  EVENT_IMPOSSIBLE,
  /** An entry stands behind the end of an archived group. */
  ENTRY_AFTER_ARCHIVE,
  /** An entry is older than the one before it. */
  TIME_WENT_BACK,

  // Epochs
  /** The log's id does not follow from the group's creator, or from the devices' member. */
  GROUP_ID_FORGED,
  /** A manifest's signature is not that of its committer. */
  MANIFEST_SIGNATURE_INVALID,
  /** A manifest's committer was not in the previous roster. */
  MANIFEST_SIGNER_UNKNOWN,
  /** A manifest does not name the one before it. */
  MANIFEST_CHAIN_BROKEN,
  /** A roster is not made of exactly the group's members. */
  ROSTER_MISMATCH,
  /** Two rosters name one version of a member's device list, and different devices. */
  DEVICES_CONTRADICTED,
  /** What is sealed is not for each device of the roster, or of the list, and for no other. */
  SEALED_KEYS_MISMATCH,
  /** A device gave keys of epochs that it may not give, or to one that may not have them. */
  SHARE_FORBIDDEN,

  // Sessions and envelopes
  /** A session's binding is not signed by its device. */
  SESSION_SIGNATURE_INVALID,
  /** A device opened two sessions in one epoch. */
  SESSION_CONFLICT,
  /** An envelope speaks in a session that its sender has not opened in that epoch. */
  SESSION_UNKNOWN,
  /** A sender is not in the roster of the epoch, or not in the newest device list. */
  SENDER_NOT_IN_ROSTER,
  /** A sender was out of the group already. */
  SENDER_REMOVED,
  /** An epoch took something after its grace. */
  GRACE_EXCEEDED,
  /** An envelope was taken after somebody had to be shut out by a new epoch. */
  ROTATION_OVERDUE,
  /** An envelope is no canonical Megolm message. */
  ENVELOPE_MALFORMED,
  /** An envelope's header names another message index than its ciphertext. */
  INDEX_MISMATCH,
  /** An envelope does not bear the signature of its session. */
  ENVELOPE_SIGNATURE_INVALID,
  /** A message index of a session was taken twice, or from below its window. */
  INDEX_REPLAYED,
  /** A client id was taken twice. */
  CLIENT_ID_REPEATED,

  // The log of a member's own devices
  /** A version of the device list does not follow from the one before, signed by a device of it. */
  DEVICE_LIST_FORGED,
  /** A message does not bear the signature of its sender. */
  OWNER_MESSAGE_FORGED
}
