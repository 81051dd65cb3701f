package io.karst.edge.message;

import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.status.Refusal;
import io.karst.edge.status.RefusedException;
import io.karst.proof.envelope.Envelopes;
import io.karst.wire.v1.AppendRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of envelopes.
 *
 * <p>A frame is refused as a whole when any envelope in it could never be accepted: its sender made
 * it, and is to be told.
 */
public final class FrameMapping {

  /** Bytes of ciphertext in one frame: half of a message, so that its headers fit beside. */
  public static final int CIPHERTEXT_MAX = 524_288;

  private FrameMapping() {}

  /** Reads a frame of the calling device. The binding's signature is not verified here. */
  public static Submission submission(DeviceAddress by, AppendRequest message) {
    List<io.karst.wire.v1.Envelope> messages = message.getEnvelopesList();
    if (message.hasOwnerMessage()) {
      return owner(by, message);
    }
    Fields.present("envelopes", !messages.isEmpty());
    if (messages.size() > Submission.ENVELOPES_MAX) {
      throw Refusal.ofField(Reason.TOO_MANY_ITEMS, "envelopes").toException();
    }
    requireSize(messages);
    return new Submission(by, bindings(by, message), envelopes(by, messages));
  }

  private static Submission owner(DeviceAddress by, AppendRequest message) {
    if (message.getEnvelopesCount() > 0 || message.hasBinding()) {
      throw Fields.invalid("owner_message");
    }
    return Submission.of(
        by,
        Fields.inside("owner_message", () -> OwnerMapping.message(by, message.getOwnerMessage())));
  }

  private static void requireSize(List<io.karst.wire.v1.Envelope> messages) {
    long total = 0;
    for (var message : messages) {
      total += message.getCiphertext().size();
    }
    if (total > CIPHERTEXT_MAX) {
      throw Refusal.ofField(Reason.ENVELOPE_TOO_LARGE, "envelopes").toException();
    }
  }

  private static List<SessionBinding> bindings(DeviceAddress by, AppendRequest message) {
    return message.hasBinding()
        ? List.of(Fields.inside("binding", () -> EpochMapping.binding(by, message.getBinding())))
        : List.of();
  }

  private static List<Envelope> envelopes(
      DeviceAddress by, List<io.karst.wire.v1.Envelope> messages) {
    var envelopes = new ArrayList<Envelope>(messages.size());
    for (var message : messages) {
      try {
        envelopes.add(envelope(by, message));
      } catch (RefusedException e) {
        throw e.inside("envelopes[" + envelopes.size() + "]");
      }
    }
    return envelopes;
  }

  private static Envelope envelope(DeviceAddress by, io.karst.wire.v1.Envelope message) {
    long index = message.getMessageIndex();
    if (index < 0 || index > Envelope.MESSAGE_INDEX_MAX) {
      throw Fields.invalid("message_index");
    }
    if (message.getCiphertext().size() > Envelope.CIPHERTEXT_MAX) {
      throw Refusal.ofField(Reason.ENVELOPE_TOO_LARGE, "ciphertext").toException();
    }
    if (message.getCiphertext().isEmpty()) {
      throw Fields.missing("ciphertext");
    }
    var envelope = new Envelope(
        Fields.atLeast(1, "epoch", message.getEpoch()),
        sender(by, message),
        Fields.exactly(Fields.HASH_LENGTH, "session_id", message.getSessionId()),
        index,
        Fields.clientId(message.getClientId()),
        Fields.bytes(message.getCiphertext()));
    if (!Envelopes.form(envelope).valid()) {
      throw Refusal.ofField(Reason.ENVELOPE_MALFORMED, "ciphertext").toException();
    }
    return envelope;
  }

  /** The caller's own address, so that a whole stream shares one object. */
  private static DeviceAddress sender(DeviceAddress by, io.karst.wire.v1.Envelope message) {
    requireOwn(by, message.getMemberId(), message.getDeviceId());
    return by;
  }

  /** Anything but the caller's own address is forged, or no address. */
  static void requireOwn(DeviceAddress by, String memberId, String deviceId) {
    boolean own =
        memberId.equals(by.member().value()) && deviceId.equals(by.device().value());
    if (!own) {
      DeviceAddress other = Fields.address(memberId, deviceId);
      throw Refusal.ofField(
              Reason.SENDER_FORGED, other.member().equals(by.member()) ? "device_id" : "member_id")
          .toException();
    }
  }

  public static io.karst.wire.v1.Envelope envelope(Envelope envelope) {
    return io.karst.wire.v1.Envelope.newBuilder()
        .setEpoch(envelope.epoch())
        .setMemberId(envelope.sender().member().value())
        .setDeviceId(envelope.sender().device().value())
        .setSessionId(Fields.bytes(envelope.sessionId()))
        .setMessageIndex(envelope.messageIndex())
        .setClientId(Fields.bytes(envelope.clientId().value()))
        .setCiphertext(Fields.bytes(envelope.ciphertext()))
        .build();
  }
}
