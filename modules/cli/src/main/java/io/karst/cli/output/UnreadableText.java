package io.karst.cli.output;

import io.karst.domain.access.UnreadableReason;

/** Why a message cannot be read, as a clause for a person, and what helps. */
public final class UnreadableText {

  private UnreadableText() {}

  /** What stands in the way. */
  public static String of(UnreadableReason why) {
    return switch (why) {
      case NOT_WRITTEN -> "it is not written yet";
      case NOT_AN_ENVELOPE -> "it is no message, and open to the whole group";
      case ERASED -> "it was erased";
      case NOT_A_MEMBER -> "the reader was not in the group then";
      case DEVICE_NOT_IN_ROSTER -> "the device was linked later";
      case BEFORE_HISTORY_GRANT -> "it is older than the history that was shared";
      case MEMBERSHIP_ENDED -> "the reader is out of the group";
      case DEVICE_REVOKED -> "the device was revoked";
      case EPOCH_ORPHANED -> "nobody has the key of its epoch any more";
      case EPOCH_REFUSED -> "its epoch did not verify";
      case KEY_NOT_SEALED -> "its epoch's key was not sealed to the device";
      case KEY_NOT_DELIVERED -> "its epoch's key is on its way";
      case KEY_NOT_ACKNOWLEDGED -> "its epoch's key waits in the device's inbox";
      case KEY_CROWDED_OUT -> "its epoch's key was crowded out of the inbox";
      case KEY_ACKNOWLEDGED -> "the device has its epoch's key: any fault is the device's own";
      case ONE_TIME_KEYS_EXHAUSTED -> "its epoch's key was sealed to the device's fallback key";
      case KEY_NOT_OPENED -> "its epoch's key does not open";
      case SESSION_UNKNOWN -> "its session was never bound to its sender";
      case SENDER_FORGED -> "it names a sender that did not sign it";
      case INDEX_REPLAYED -> "it is a replay";
      case INDEX_TOO_OLD -> "its key is not kept any more";
      case MALFORMED -> "its bytes are no message";
      case FORGED -> "it was altered on its way";
      case CONTENT_INVALID -> "it is no Karst message";
    };
  }

  /** What helps. */
  public static String remedy(UnreadableReason why) {
    return switch (why) {
      case NOT_WRITTEN -> "wait, or correct the offset";
      case NOT_AN_ENVELOPE, ERASED, EPOCH_ORPHANED, INDEX_REPLAYED, INDEX_TOO_OLD -> "nothing";
      case NOT_A_MEMBER, BEFORE_HISTORY_GRANT -> "ask a member to share history";
      case DEVICE_NOT_IN_ROSTER -> "ask another device of the member to share history";
      case MEMBERSHIP_ENDED -> "an admin can add the member again, for what comes then";
      case DEVICE_REVOKED -> "link a device anew, for what comes then";
      case EPOCH_REFUSED -> "look at the device's security warnings, and audit the log";
      case KEY_NOT_SEALED, SESSION_UNKNOWN, SENDER_FORGED, MALFORMED, FORGED -> "audit the log";
      case KEY_NOT_DELIVERED -> "wait a moment";
      case KEY_NOT_ACKNOWLEDGED -> "bring the device online: it has not read its inbox since";
      case KEY_CROWDED_OUT -> "bring the device online: it finds the key in the group's log";
      case KEY_ACKNOWLEDGED -> "ask on the device: `listen` says what stands in the way there";
      case ONE_TIME_KEYS_EXHAUSTED -> "bring the device online, to make one-time keys; rotate";
      case KEY_NOT_OPENED -> "rotate, for what comes then; ask a member for the key";
      case CONTENT_INVALID -> "look at the sender's client";
    };
  }
}
