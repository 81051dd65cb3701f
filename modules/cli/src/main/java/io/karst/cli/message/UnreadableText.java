package io.karst.cli.message;

import io.karst.domain.access.UnreadableReason;

/** Why a message cannot be read, as a clause for the person who wanted to read it. */
final class UnreadableText {

  private UnreadableText() {}

  static String of(UnreadableReason why) {
    return switch (why) {
      case NOT_WRITTEN -> "it is not written yet";
      case NOT_AN_ENVELOPE -> "it is no message";
      case ERASED -> "it was erased";
      case NOT_A_MEMBER -> "you were not in the group then";
      case DEVICE_NOT_IN_ROSTER -> "it is older than this device";
      case BEFORE_HISTORY_GRANT -> "it is older than the history that you were given";
      case MEMBERSHIP_ENDED -> "you are out of the group";
      case DEVICE_REVOKED -> "this device was revoked";
      case EPOCH_ORPHANED -> "nobody has the key of its epoch any more";
      case EPOCH_REFUSED -> "its epoch did not verify";
      case KEY_NOT_SEALED -> "its epoch's key was not sealed to this device";
      case KEY_NOT_DELIVERED -> "its epoch's key is on its way";
      case KEY_NOT_ACKNOWLEDGED -> "its epoch's key waits in the inbox";
      case KEY_CROWDED_OUT -> "its epoch's key was crowded out of the inbox";
      case KEY_ACKNOWLEDGED -> "this device had its epoch's key, and has lost it";
      case ONE_TIME_KEYS_EXHAUSTED -> "its epoch's key was sealed to an old fallback key";
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
}
