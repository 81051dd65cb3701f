package io.karst.acceptance;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.karst.crypto.epoch.EpochKey;
import io.karst.crypto.epoch.SealedPayload;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Ed25519PublicKey;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.DeliveryServiceGrpc;
import io.karst.wire.v1.Envelope;
import io.karst.wire.v1.FetchInboxRequest;
import io.karst.wire.v1.GroupServiceGrpc;
import io.karst.wire.v1.InboxItem;
import io.karst.wire.v1.LogEntry;
import io.karst.wire.v1.SealedKey;
import io.karst.wire.v1.SealedKeyItem;
import io.karst.wire.v1.SessionBinding;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A foreign device in one epoch of one group: opens its sealed key, reads what others send, speaks
 * in a session of its own.
 */
final class ForeignGroupMember {

  private final ForeignDevice device;
  private final GroupId group;
  private final long epoch;
  private final EpochKey key;

  private ForeignGroupMember(ForeignDevice device, GroupId group, long epoch, EpochKey key) {
    this.device = device;
    this.group = group;
    this.epoch = epoch;
    this.key = key;
  }

  /** Takes the oldest sealed key out of the inbox and opens it with the foreign library's Olm. */
  static ForeignGroupMember join(ForeignDevice device, Bytes committerKey) throws CryptoException {
    InboxItem item = device
        .as(DeliveryServiceGrpc::newBlockingStub)
        .fetchInbox(FetchInboxRequest.newBuilder().setLimit(1).build())
        .getItems(0);
    SealedKeyItem sealed = item.getSealedKey();
    SealedKey olm = sealed.getSealedKey();
    JsonObject opened = device
        .peer()
        .ask(
            "acceptOlm",
            "account",
            device.account(),
            "identityKey",
            ForeignDevice.base64(committerKey.toArray()),
            "body",
            ForeignDevice.base64(olm.getOlmMessage().toByteArray()));
    SealedPayload payload =
        SealedPayload.parse(opened.get("text").getAsString().getBytes(StandardCharsets.US_ASCII));
    return new ForeignGroupMember(
        device, new GroupId(sealed.getGroupId()), sealed.getEpoch(), payload.epochKey());
  }

  GroupId group() {
    return group;
  }

  long epoch() {
    return epoch;
  }

  /** Decrypts another device's envelope in the foreign library. */
  String read(LogEntry opened, Envelope envelope) throws CryptoException {
    DeviceAddress sender = DeviceAddress.of(envelope.getMemberId(), envelope.getDeviceId());
    Ed25519PublicKey sessionKey = Ed25519PublicKey.fromBytes(
        opened.getSessionOpened().getBinding().getSessionKey().toByteArray());
    InboundGroupSession ours =
        InboundGroupSession.fromVerifiedBinding(SessionConfig.V1, ratchet(sender), sessionKey);
    String exported =
        new String(ours.exportAtFirstKnownIndex().toBase64(), StandardCharsets.US_ASCII);
    int foreign = device
        .peer()
        .ask("importInbound", "exportedKey", exported)
        .get("session")
        .getAsInt();
    JsonObject read = device
        .peer()
        .ask(
            "decryptMegolm",
            "session",
            foreign,
            "body",
            ForeignDevice.base64(envelope.getCiphertext().toByteArray()));
    if (read.get("index").getAsLong() != envelope.getMessageIndex()) {
      throw new AssertionError("the foreign library sees another index: " + read);
    }
    return read.get("text").getAsString();
  }

  /**
   * Encrypts a text in the foreign library, in a session that is bound to the foreign device, and
   * appends it.
   */
  AppendResponse send(
      String text, RandomBytes random, Function<OutboundGroupSession, String> foreignPickle)
      throws CryptoException {
    OutboundGroupSession ours = OutboundGroupSession.fromSenderRatchet(
        SessionConfig.V1, ratchet(device.address()), Ed25519SigningKey.generate(random));
    Bytes sessionKey = Bytes.copyOf(ours.publicKey().bytes());
    int foreign = device
        .peer()
        .ask("outbound", "pickle", foreignPickle.apply(ours), "key", ForeignDevice.pickleKeyText())
        .get("session")
        .getAsInt();
    String body = device
        .peer()
        .ask("encryptMegolm", "session", foreign, "text", text)
        .get("body")
        .getAsString();
    ByteString binding =
        device.sign(EpochStatements.sessionBinding(group, epoch, device.address(), sessionKey));
    return device
        .as(GroupServiceGrpc::newBlockingStub)
        .append(AppendRequest.newBuilder()
            .setGroupId(group.value())
            .setBinding(SessionBinding.newBuilder()
                .setEpoch(epoch)
                .setSessionKey(ByteString.copyFrom(sessionKey.toArray()))
                .setSignature(binding))
            .addEnvelopes(Envelope.newBuilder()
                .setEpoch(epoch)
                .setMemberId(device.address().member().value())
                .setDeviceId(device.address().device().value())
                .setSessionId(ByteString.copyFrom(sessionKey.toArray()))
                .setMessageIndex(0)
                .setClientId(ByteString.copyFromUtf8("foreign-1"))
                .setCiphertext(ByteString.copyFrom(ForeignDevice.base64(body))))
            .build());
  }

  private io.karst.crypto.megolm.SenderRatchet ratchet(DeviceAddress sender) {
    return key.senderRatchet(
        group.value(), epoch, sender.member().value(), sender.device().value());
  }
}
