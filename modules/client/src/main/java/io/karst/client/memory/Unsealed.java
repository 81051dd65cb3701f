package io.karst.client.memory;

import io.karst.client.api.LocalMistake;
import io.karst.client.session.HeardIndexes;
import io.karst.client.session.HeardSession;
import io.karst.client.session.OlmPeer;
import io.karst.client.store.AccountRow;
import io.karst.client.store.EpochRow;
import io.karst.client.store.InboundRow;
import io.karst.client.store.OlmRow;
import io.karst.client.store.OlmTable;
import io.karst.client.store.OutboundRow;
import io.karst.client.store.OutboxRow;
import io.karst.client.store.SharedRow;
import io.karst.client.store.Tables;
import io.karst.crypto.error.CryptoException;
import io.karst.crypto.megolm.InboundGroupSession;
import io.karst.crypto.megolm.OutboundGroupSession;
import io.karst.crypto.megolm.ReceivingSession;
import io.karst.crypto.megolm.SenderRatchet;
import io.karst.crypto.olm.Account;
import io.karst.crypto.olm.OlmSession;
import io.karst.crypto.pickle.Pickler;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of one transaction, and the secrets in them. */
public final class Unsealed {

  private final Tables tables;
  private final Pickler pickler;
  private final DeviceMemory memory;

  Unsealed(Tables tables, Pickler pickler, DeviceMemory memory) {
    this.tables = tables;
    this.pickler = pickler;
    this.memory = memory;
  }

  public Tables tables() {
    return tables;
  }

  /** The row of this device; it exists in every store that was opened. */
  public AccountRow accountRow() {
    return tables
        .account()
        .find()
        .orElseThrow(() ->
            new LocalMistake(LocalMistake.Kind.STORE_UNREADABLE, "the store holds no device"));
  }

  /**
   * The account itself: what is done to it must be {@linkplain #saveAccount stored} in this
   * transaction.
   */
  public Account account() {
    return memory.held().orElseGet(this::openAccount);
  }

  public void saveAccount() {
    Bytes pickle = Bytes.copyOf(pickler.pickle(account()));
    tables.account().save(accountRow().withAccount(pickle));
  }

  /** Adds this device to an empty store. */
  public void addAccount(AccountRow row, Account account) {
    tables.account().save(row.withAccount(Bytes.copyOf(pickler.pickle(account))));
    memory.hold(account);
  }

  /** Sessions that carry keys, with the owner of a Curve25519 key. */
  public OlmPeer peer(Bytes peerKey) {
    return peer(OlmTable.Lane.KEYS, peerKey);
  }

  /** Sessions with the owner of a Curve25519 key. */
  public OlmPeer peer(OlmTable.Lane lane, Bytes peerKey) {
    List<OlmPeer.Held> held = new ArrayList<>();
    for (OlmRow row : tables.olm(lane).with(peerKey)) {
      OlmSession session = opened(() -> pickler.olmSession(row.session().toArray()));
      held.add(new OlmPeer.Held(row.id(), session, OlmPeer.Change.NONE));
    }
    return opened(() -> new OlmPeer(peerKey, held));
  }

  /** Stores what became of the sessions that carry keys. */
  public void savePeer(Bytes peerKey, OlmPeer peer) {
    savePeer(OlmTable.Lane.KEYS, peerKey, peer);
  }

  /** Stores what became of the sessions. */
  public void savePeer(OlmTable.Lane lane, Bytes peerKey, OlmPeer peer) {
    for (OlmPeer.Held held : peer.changes()) {
      Bytes pickle = Bytes.copyOf(pickler.pickle(held.session()));
      OlmRow row = new OlmRow(held.id(), peerKey, pickle);
      if (held.id() == 0) {
        tables.olm(lane).add(peerKey, pickle);
      } else if (held.change() == OlmPeer.Change.PREFERRED) {
        tables.olm(lane).prefer(row);
      } else {
        tables.olm(lane).update(row);
      }
    }
  }

  /** Adds a verified epoch with the ratchets of its roster, and destroys them here. */
  public void addEpoch(EpochRow row, Map<DeviceAddress, SenderRatchet> ratchets) {
    tables.epochs().add(row, pickled(ratchets));
  }

  private Map<DeviceAddress, Bytes> pickled(Map<DeviceAddress, SenderRatchet> ratchets) {
    Map<DeviceAddress, Bytes> pickles = new TreeMap<>();
    ratchets.forEach((sender, ratchet) -> {
      pickles.put(sender, Bytes.copyOf(pickler.pickle(ratchet)));
      ratchet.destroy();
    });
    return pickles;
  }

  /**
   * Stores the ratchets of a known epoch that could be opened after all, and destroys them here.
   */
  public void holdEpoch(EpochRow row, Map<DeviceAddress, SenderRatchet> ratchets) {
    tables.epochs().hold(row, pickled(ratchets));
  }

  /** The ratchet of a device that has not spoken yet. */
  public Optional<SenderRatchet> ratchet(GroupId group, long epoch, DeviceAddress sender) {
    return tables
        .epochs()
        .ratchet(group, epoch, sender)
        .map(pickle -> opened(() -> pickler.senderRatchet(pickle.toArray())));
  }

  public Optional<HeardSession> heard(GroupId group, long epoch, DeviceAddress sender) {
    return tables.sessions().inbound(group, epoch, sender).map(this::heard);
  }

  /** Opens a session of a row. */
  public HeardSession heard(InboundRow row) {
    var key = new SessionCache.Key(row.group(), row.epoch(), row.sender());
    ReceivingSession session =
        memory.sessions().find(key, row.session()).orElseGet(() -> open(key, row));
    return new HeardSession(
        row.sender(), row.sessionId(), session, HeardIndexes.decode(row.heard()));
  }

  private ReceivingSession open(SessionCache.Key key, InboundRow row) {
    ReceivingSession opened =
        opened(() -> pickler.receivingSession(row.session().toArray()));
    memory.sessions().put(key, row.session(), opened);
    return opened;
  }

  /** In a group whose policy is to forget, it is stored without keys of what was read. */
  public void saveHeard(GroupId group, long epoch, HeardSession session) {
    if (!tables.groups().keepsKeys(group)) {
      session.forgetRead();
    }
    Bytes form = Bytes.copyOf(pickler.pickle(session.session()));
    memory
        .sessions()
        .put(new SessionCache.Key(group, epoch, session.sender()), form, session.session());
    tables
        .sessions()
        .saveInbound(new InboundRow(
            group,
            epoch,
            session.sender(),
            session.sessionId(),
            form,
            session.heard().encode()));
  }

  /** Takes up what a group's policy says of keys; what was kept before and must not be, goes. */
  public void saveKeepsKeys(GroupId group, boolean keeps) {
    boolean forgets = tables.groups().keepsKeys(group) && !keeps;
    tables.groups().saveKeepsKeys(group, keeps);
    if (forgets) {
      tables
          .sessions()
          .inbound(group, 0, Long.MAX_VALUE)
          .forEach(row -> saveHeard(group, row.epoch(), heard(row)));
    }
  }

  /** Keeps a session that another device gave. */
  public void addShared(SharedKey key, InboundGroupSession session) {
    tables
        .shared()
        .add(new SharedRow(
            key.group(),
            key.epoch(),
            key.sender(),
            key.sessionId(),
            key.by(),
            Bytes.copyOf(pickler.pickle(session))));
  }

  /** Opens a session that another device gave. */
  public InboundGroupSession shared(SharedRow row) {
    return opened(() -> pickler.inboundGroupSession(row.session().toArray()));
  }

  /** Which session it is that a device gave. */
  public record SharedKey(
      GroupId group, long epoch, DeviceAddress sender, Bytes sessionId, DeviceAddress by) {}

  /** This device's own session of a row. */
  public OutboundGroupSession spoken(OutboundRow row) {
    return opened(() -> pickler.outboundGroupSession(row.session().toArray()));
  }

  /** The form in which an own session is stored. */
  public Bytes sealed(OutboundGroupSession session) {
    return Bytes.copyOf(pickler.pickle(session));
  }

  /** The form in which words wait in the outbox. */
  public Bytes sealed(byte[] content) {
    return Bytes.copyOf(pickler.sealContent(content));
  }

  /** Words that wait in the outbox; the caller wipes them. */
  public byte[] content(OutboxRow row) {
    return content(row.content());
  }

  /** Words as they are stored; the caller wipes them. */
  public byte[] content(Bytes stored) {
    return opened(() -> pickler.openContent(stored.toArray()));
  }

  private Account openAccount() {
    Account opened = opened(() -> pickler.account(accountRow().account().toArray()));
    memory.hold(opened);
    return opened;
  }

  /** Opening that fails when the row is damaged or was written under another key. */
  private interface Opening<T> {
    T open() throws CryptoException;
  }

  private static <T> T opened(Opening<T> opening) {
    try {
      return opening.open();
    } catch (CryptoException e) {
      throw new LocalMistake(
          LocalMistake.Kind.STORE_UNREADABLE,
          "the store holds something that its key does not open",
          e);
    }
  }
}
