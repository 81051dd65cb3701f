package io.karst.edge.message;

import io.karst.domain.access.KeyState;
import io.karst.domain.access.UnreadableReason;

/** Why messages cannot be read, and where keys are. */
public final class AccessMapping {

  private AccessMapping() {}

  public static io.karst.wire.v1.UnreadableReason reason(UnreadableReason reason) {
    return switch (reason) {
      case NOT_WRITTEN -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_NOT_WRITTEN;
      case NOT_AN_ENVELOPE -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_NOT_AN_ENVELOPE;
      case ERASED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_ERASED;
      case NOT_A_MEMBER -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_NOT_A_MEMBER;
      case DEVICE_NOT_IN_ROSTER ->
        io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_DEVICE_NOT_IN_ROSTER;
      case BEFORE_HISTORY_GRANT ->
        io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_BEFORE_HISTORY_GRANT;
      case MEMBERSHIP_ENDED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_MEMBERSHIP_ENDED;
      case DEVICE_REVOKED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_DEVICE_REVOKED;
      case EPOCH_ORPHANED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_EPOCH_ORPHANED;
      case EPOCH_REFUSED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_EPOCH_REFUSED;
      case KEY_NOT_SEALED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_KEY_NOT_SEALED;
      case KEY_NOT_DELIVERED ->
        io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_KEY_NOT_DELIVERED;
      case KEY_NOT_ACKNOWLEDGED ->
        io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_KEY_NOT_ACKNOWLEDGED;
      case KEY_CROWDED_OUT -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_KEY_CROWDED_OUT;
      case KEY_ACKNOWLEDGED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_KEY_ACKNOWLEDGED;
      case ONE_TIME_KEYS_EXHAUSTED ->
        io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_ONE_TIME_KEYS_EXHAUSTED;
      case KEY_NOT_OPENED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_KEY_NOT_OPENED;
      case SESSION_UNKNOWN -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_SESSION_UNKNOWN;
      case SENDER_FORGED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_SENDER_FORGED;
      case INDEX_REPLAYED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_INDEX_REPLAYED;
      case INDEX_TOO_OLD -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_INDEX_TOO_OLD;
      case MALFORMED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_MALFORMED;
      case FORGED -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_FORGED;
      case CONTENT_INVALID -> io.karst.wire.v1.UnreadableReason.UNREADABLE_REASON_CONTENT_INVALID;
    };
  }

  public static io.karst.wire.v1.KeyState keyState(KeyState state) {
    return switch (state) {
      case NOT_SEALED -> io.karst.wire.v1.KeyState.KEY_STATE_NOT_SEALED;
      case SEALED -> io.karst.wire.v1.KeyState.KEY_STATE_SEALED;
      case DELIVERED -> io.karst.wire.v1.KeyState.KEY_STATE_DELIVERED;
      case CROWDED_OUT -> io.karst.wire.v1.KeyState.KEY_STATE_CROWDED_OUT;
      case ACKNOWLEDGED -> io.karst.wire.v1.KeyState.KEY_STATE_ACKNOWLEDGED;
    };
  }
}
