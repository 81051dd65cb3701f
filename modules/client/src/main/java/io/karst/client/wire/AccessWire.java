package io.karst.client.wire;

import io.karst.client.api.BadAnswer;
import io.karst.client.api.EpochAccess;
import io.karst.client.api.Explanation;
import io.karst.domain.access.KeyState;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.DeviceId;
import io.karst.wire.v1.AccessEvidence;
import io.karst.wire.v1.DeviceRef;
import io.karst.wire.v1.ExplainResponse;
import java.util.Optional;

/** Who can read what, and why messages cannot be read. */
public final class AccessWire {

  private AccessWire() {}

  public static Explanation explanation(ExplainResponse wire) {
    return new Explanation(
        reason(wire.getReason()),
        wire.hasEvidence() ? Optional.of(evidence(wire.getEvidence())) : Optional.empty());
  }

  private static Explanation.Evidence evidence(AccessEvidence wire) {
    return new Explanation.Evidence(
        device(wire.getSender()),
        WireBytes.time(wire.getAcceptedAtMillis()),
        wire.getEpoch(),
        wire.getMessageIndex(),
        device(wire.getCommitter()),
        wire.getEpochStartedOffset(),
        new Explanation.Reader(
            wire.getMemberInRoster(),
            wire.getDeviceInRoster(),
            wire.getMemberNow(),
            wire.getDeviceRevoked()),
        keyState(wire.getKey()),
        wire.getSealedToFallbackKey());
  }

  public static EpochAccess epochAccess(io.karst.wire.v1.EpochAccess wire) {
    return new EpochAccess(
        wire.getEpoch(),
        wire.getDevicesList().stream().map(AccessWire::deviceAccess).toList());
  }

  private static EpochAccess.DeviceAccess deviceAccess(io.karst.wire.v1.DeviceAccess wire) {
    return new EpochAccess.DeviceAccess(
        WireBytes.valid("device", () -> new DeviceId(wire.getDeviceId())),
        wire.getInRoster(),
        keyState(wire.getKey()),
        wire.getRevoked());
  }

  public static DeviceRef device(DeviceAddress device) {
    return DeviceRef.newBuilder()
        .setMemberId(device.member().value())
        .setDeviceId(device.device().value())
        .build();
  }

  private static DeviceAddress device(DeviceRef wire) {
    return WireBytes.valid(
        "device", () -> DeviceAddress.of(wire.getMemberId(), wire.getDeviceId()));
  }

  public static KeyState keyState(io.karst.wire.v1.KeyState wire) {
    return switch (wire) {
      case KEY_STATE_NOT_SEALED -> KeyState.NOT_SEALED;
      case KEY_STATE_SEALED -> KeyState.SEALED;
      case KEY_STATE_DELIVERED -> KeyState.DELIVERED;
      case KEY_STATE_CROWDED_OUT -> KeyState.CROWDED_OUT;
      case KEY_STATE_ACKNOWLEDGED -> KeyState.ACKNOWLEDGED;
      case KEY_STATE_UNSPECIFIED, UNRECOGNIZED ->
        throw new BadAnswer("the server's answer holds an unknown state of a key");
    };
  }

  public static UnreadableReason reason(io.karst.wire.v1.UnreadableReason wire) {
    return switch (wire) {
      case UNREADABLE_REASON_NOT_WRITTEN -> UnreadableReason.NOT_WRITTEN;
      case UNREADABLE_REASON_NOT_AN_ENVELOPE -> UnreadableReason.NOT_AN_ENVELOPE;
      case UNREADABLE_REASON_ERASED -> UnreadableReason.ERASED;
      case UNREADABLE_REASON_NOT_A_MEMBER -> UnreadableReason.NOT_A_MEMBER;
      case UNREADABLE_REASON_DEVICE_NOT_IN_ROSTER -> UnreadableReason.DEVICE_NOT_IN_ROSTER;
      case UNREADABLE_REASON_BEFORE_HISTORY_GRANT -> UnreadableReason.BEFORE_HISTORY_GRANT;
      case UNREADABLE_REASON_MEMBERSHIP_ENDED -> UnreadableReason.MEMBERSHIP_ENDED;
      case UNREADABLE_REASON_DEVICE_REVOKED -> UnreadableReason.DEVICE_REVOKED;
      case UNREADABLE_REASON_EPOCH_ORPHANED -> UnreadableReason.EPOCH_ORPHANED;
      case UNREADABLE_REASON_EPOCH_REFUSED -> UnreadableReason.EPOCH_REFUSED;
      case UNREADABLE_REASON_KEY_NOT_SEALED -> UnreadableReason.KEY_NOT_SEALED;
      case UNREADABLE_REASON_KEY_NOT_DELIVERED -> UnreadableReason.KEY_NOT_DELIVERED;
      case UNREADABLE_REASON_KEY_NOT_ACKNOWLEDGED -> UnreadableReason.KEY_NOT_ACKNOWLEDGED;
      case UNREADABLE_REASON_KEY_CROWDED_OUT -> UnreadableReason.KEY_CROWDED_OUT;
      case UNREADABLE_REASON_KEY_ACKNOWLEDGED -> UnreadableReason.KEY_ACKNOWLEDGED;
      case UNREADABLE_REASON_ONE_TIME_KEYS_EXHAUSTED -> UnreadableReason.ONE_TIME_KEYS_EXHAUSTED;
      case UNREADABLE_REASON_KEY_NOT_OPENED -> UnreadableReason.KEY_NOT_OPENED;
      case UNREADABLE_REASON_SESSION_UNKNOWN -> UnreadableReason.SESSION_UNKNOWN;
      case UNREADABLE_REASON_SENDER_FORGED -> UnreadableReason.SENDER_FORGED;
      case UNREADABLE_REASON_INDEX_REPLAYED -> UnreadableReason.INDEX_REPLAYED;
      case UNREADABLE_REASON_INDEX_TOO_OLD -> UnreadableReason.INDEX_TOO_OLD;
      case UNREADABLE_REASON_MALFORMED -> UnreadableReason.MALFORMED;
      case UNREADABLE_REASON_FORGED -> UnreadableReason.FORGED;
      case UNREADABLE_REASON_CONTENT_INVALID -> UnreadableReason.CONTENT_INVALID;
      case UNREADABLE_REASON_UNSPECIFIED, UNRECOGNIZED ->
        throw new BadAnswer("the server's answer holds an unknown reason");
    };
  }
}
