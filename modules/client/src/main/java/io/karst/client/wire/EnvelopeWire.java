package io.karst.client.wire;

import static io.karst.client.wire.WireBytes.bytes;
import static io.karst.client.wire.WireBytes.valid;

import io.karst.domain.group.Envelope;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.proof.merkle.Head;

/** Envelopes, receipts and heads. */
public final class EnvelopeWire {

  private EnvelopeWire() {}

  public static Envelope envelope(io.karst.wire.v1.Envelope wire) {
    return valid(
        "envelope",
        () -> new Envelope(
            wire.getEpoch(),
            DeviceAddress.of(wire.getMemberId(), wire.getDeviceId()),
            bytes(wire.getSessionId()),
            wire.getMessageIndex(),
            new ClientId(bytes(wire.getClientId())),
            bytes(wire.getCiphertext())));
  }

  public static io.karst.wire.v1.Envelope envelope(Envelope envelope) {
    return io.karst.wire.v1.Envelope.newBuilder()
        .setEpoch(envelope.epoch())
        .setMemberId(envelope.sender().member().value())
        .setDeviceId(envelope.sender().device().value())
        .setSessionId(bytes(envelope.sessionId()))
        .setMessageIndex(envelope.messageIndex())
        .setClientId(bytes(envelope.clientId().value()))
        .setCiphertext(bytes(envelope.ciphertext()))
        .build();
  }

  public static Receipt receipt(io.karst.wire.v1.Receipt wire) {
    return new Receipt(wire.getOffset(), WireBytes.time(wire.getAcceptedAtMillis()));
  }

  public static Head head(io.karst.wire.v1.Head wire) {
    return valid("head", () -> new Head(wire.getSize(), bytes(wire.getRoot())));
  }

  public static io.karst.wire.v1.Head head(Head head) {
    return io.karst.wire.v1.Head.newBuilder()
        .setSize(head.size())
        .setRoot(bytes(head.root()))
        .build();
  }
}
