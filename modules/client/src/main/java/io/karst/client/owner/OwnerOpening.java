package io.karst.client.owner;

import io.karst.client.api.ChannelEvent;
import io.karst.client.memory.Unsealed;
import io.karst.client.session.ContentForm;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.OlmTable;
import io.karst.client.wire.Entry;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.wire.OlmMessage;
import io.karst.domain.access.UnreadableReason;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.owner.OwnerCopy;
import io.karst.proof.signature.OwnerMessages;
import io.karst.proof.statement.OwnerHeader;
import java.util.Optional;

/** Opens messages of the member's other devices, each once. Used on the device's thread. */
final class OwnerOpening {

  private final DeviceContext context;
  private final OwnerMessages signatures;
  private final OwnerRepair repair;

  OwnerOpening(DeviceContext context, OwnerRepair repair) {
    this.context = context;
    this.repair = repair;
    this.signatures = new OwnerMessages(context.signatures());
  }

  /**
   * What the application is told of a message, if anything; what was opened is stored with the
   * sessions.
   */
  Optional<ChannelEvent> read(Unsealed memory, Entry.OwnerSaid said) {
    OwnerHeader header = said.header();
    DeviceAddress self = context.self();
    Optional<DeviceList> list = memory.tables().pins().of(self.member()).stream()
        .filter(pinned -> pinned.version() == header.deviceListVersion())
        .findFirst();
    Optional<DeviceIdentity> sender = list.filter(
            known -> header.sender().member().equals(self.member()))
        .flatMap(known -> known.device(header.sender().device()))
        .filter(device -> signatures.verify(header, device.ed25519Key()).valid());
    if (sender.isEmpty()) {
      return Optional.of(unreadable(said, UnreadableReason.SENDER_FORGED));
    }
    Optional<OwnerCopy> own =
        said.copies().stream().filter(copy -> copy.to().equals(self.device())).findFirst();
    if (own.isEmpty()) {
      boolean there = list.flatMap(known -> known.device(self.device())).isPresent();
      return Optional.of(unreadable(
          said, there ? UnreadableReason.KEY_NOT_SEALED : UnreadableReason.DEVICE_NOT_IN_ROSTER));
    }
    Optional<byte[]> text = memory
        .tables()
        .owner()
        .heard(said.offset())
        .map(memory::content)
        .or(() -> open(memory, said, sender.get(), own.get()));
    if (text.isEmpty()) {
      repair.closed(header.sender());
      return Optional.of(unreadable(said, UnreadableReason.KEY_NOT_OPENED));
    }
    return isGreeting(header, text.get()) ? Optional.empty() : Optional.of(told(said, text.get()));
  }

  private static boolean isGreeting(OwnerHeader header, byte[] text) {
    return OwnerText.opened(header.clientId(), text)
        .map(Bytes::copyOf)
        .filter(OwnerText.GREETING::equals)
        .isPresent();
  }

  private static Optional<byte[]> open(
      Unsealed memory, Entry.OwnerSaid said, DeviceIdentity sender, OwnerCopy copy) {
    Bytes peerKey = sender.curve25519Key();
    OlmPeer peer = memory.peer(OlmTable.Lane.OWNER, peerKey);
    try {
      byte[] text = peer.open(
          memory.account(), OlmMessage.parse(copy.olmType(), copy.olmMessage().toArray()));
      memory.savePeer(OlmTable.Lane.OWNER, peerKey, peer);
      memory.saveAccount();
      memory.tables().owner().hear(said.offset(), memory.sealed(text));
      return Optional.of(text);
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  private static ChannelEvent told(Entry.OwnerSaid said, byte[] text) {
    OwnerHeader header = said.header();
    return OwnerText.opened(header.clientId(), text)
        .flatMap(ContentForm::decode)
        .<ChannelEvent>map(content -> new ChannelEvent.Message(
            said.offset(),
            0,
            header.sender(),
            header.clientId(),
            said.at(),
            content.content(),
            Optional.empty()))
        .orElseGet(() -> unreadable(said, UnreadableReason.CONTENT_INVALID));
  }

  private static ChannelEvent unreadable(Entry.OwnerSaid said, UnreadableReason why) {
    return new ChannelEvent.Unreadable(said.offset(), 0, said.header().sender(), said.at(), why);
  }
}
