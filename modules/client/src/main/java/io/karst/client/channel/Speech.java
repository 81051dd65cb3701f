package io.karst.client.channel;

import io.karst.client.memory.Unsealed;
import io.karst.client.session.HeardSession;
import io.karst.client.store.EpochRow;
import io.karst.client.store.OutboundRow;
import io.karst.client.work.DeviceContext;
import io.karst.crypto.error.RatchetExhaustedException;
import io.karst.crypto.key.Ed25519SigningKey;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.wire.MegolmMessage;
import io.karst.crypto.wire.SessionConfig;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Envelope;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.EpochStatements;
import java.util.Optional;

/**
 * This device's own session of an epoch, within one transaction: made with the first message, moved
 * on with each.
 *
 * <p>Invariant: one session an epoch, since a second one would use the first one's keys again; what
 * was encrypted is stored together with the session that moved on.
 */
final class Speech {

  private final DeviceContext context;
  private final Unsealed memory;
  private final OutboundRow row;
  private final OutboundGroupSession session;

  private Speech(
      DeviceContext context, Unsealed memory, OutboundRow row, OutboundGroupSession session) {
    this.context = context;
    this.memory = memory;
    this.row = row;
    this.session = session;
  }

  /**
   * The session of an epoch; empty when the device cannot speak in it: its ratchet is not held, or
   * was used by a session that is not there any more.
   */
  static Optional<Speech> in(DeviceContext context, Unsealed memory, EpochRow epoch) {
    if (epoch.access() != EpochRow.Access.HELD) {
      return Optional.empty();
    }
    return memory
        .tables()
        .sessions()
        .outbound(epoch.group(), epoch.number())
        .or(() -> open(context, memory, epoch))
        .map(row -> new Speech(context, memory, row, memory.spoken(row)));
  }

  /** Encrypts, in a new envelope. */
  Envelope say(ClientId clientId, byte[] content) {
    try {
      MegolmMessage message = session.encrypt(content);
      return new Envelope(
          row.epoch(),
          context.self(),
          row.binding().sessionKey(),
          message.messageIndex(),
          clientId,
          Bytes.copyOf(message.bytes()));
    } catch (RatchetExhaustedException e) {
      throw new IllegalStateException("an epoch ends long before its 2^32nd message", e);
    }
  }

  /** Stores the session as it is now. */
  void save() {
    memory.tables().sessions().saveOutbound(row.withSession(memory.sealed(session)));
    session.destroy();
  }

  private static Optional<OutboundRow> open(
      DeviceContext context, Unsealed memory, EpochRow epoch) {
    return memory
        .ratchet(epoch.group(), epoch.number(), context.self())
        .map(ratchet -> open(context, memory, epoch, ratchet));
  }

  /** The device hears itself as well: its own messages come back at their place in the log. */
  private static OutboundRow open(
      DeviceContext context, Unsealed memory, EpochRow epoch, SenderRatchet ratchet) {
    GroupId group = epoch.group();
    DeviceAddress self = context.self();
    Ed25519SigningKey key = Ed25519SigningKey.generate(context.random());
    SessionBinding binding = bind(memory, epoch, self, key);
    memory.saveHeard(group, epoch.number(), HeardSession.open(binding, ratchet));
    memory.tables().epochs().forgetRatchet(group, epoch.number(), self);
    try (var session = OutboundGroupSession.fromSenderRatchet(SessionConfig.V1, ratchet, key)) {
      OutboundRow row = new OutboundRow(group, binding, false, memory.sealed(session));
      memory.tables().sessions().saveOutbound(row);
      return row;
    }
  }

  private static SessionBinding bind(
      Unsealed memory, EpochRow epoch, DeviceAddress self, Ed25519SigningKey key) {
    Bytes sessionKey = Bytes.copyOf(key.publicKey().bytes());
    byte[] statement = EpochStatements.sessionBinding(
            epoch.group(), epoch.number(), self, sessionKey)
        .bytes()
        .toArray();
    Bytes signature = Bytes.copyOf(memory.account().sign(statement).bytes());
    return new SessionBinding(self, epoch.number(), sessionKey, signature);
  }
}
