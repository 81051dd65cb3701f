package io.karst.client.session;

import io.karst.crypto.error.CryptoException;
import io.karst.crypto.key.Curve25519PublicKey;
import io.karst.crypto.key.RandomBytes;
import io.karst.crypto.olm.Account;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.proof.statement.DeviceStatements;
import io.karst.proof.statement.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A device whose every step a test takes by hand: no store, no server. */
final class HandDevice {

  static final GroupId GROUP = new GroupId("0123456789abcdef0123456789abcdef");

  private final DeviceAddress address;
  private final Account account;
  private final RandomBytes random;
  private final Map<Bytes, OlmPeer> peers = new HashMap<>();

  HandDevice(String member, long seed) {
    this.address = DeviceAddress.of(member, "phone");
    this.random = new Seeded(seed);
    this.account = Account.create(random);
  }

  DeviceAddress address() {
    return address;
  }

  Account account() {
    return account;
  }

  DeviceIdentity identity() {
    return new DeviceIdentity(
        address.device(),
        Bytes.copyOf(account.identityKeys().ed25519().bytes()),
        Bytes.copyOf(account.identityKeys().curve25519().bytes()));
  }

  RosterEntry entry() {
    return new RosterEntry(address.member(), 1, identity());
  }

  Bytes sign(Statement statement) {
    return Bytes.copyOf(account.sign(statement.bytes().toArray()).bytes());
  }

  DeviceList list() {
    return list(1, Bytes.EMPTY, identity());
  }

  DeviceList list(long version, Bytes previousHash, DeviceIdentity... devices) {
    List<DeviceIdentity> listed = List.of(devices);
    Statement statement =
        DeviceStatements.deviceList(address.member(), version, previousHash, listed);
    return new DeviceList(
        address.member(), version, previousHash, listed, address.device(), sign(statement));
  }

  /** Hands out a fresh one-time key, as the server would. */
  Bytes oneTimeKey() {
    Curve25519PublicKey key = account.generateOneTimeKeys(1).created().get(0);
    return Bytes.copyOf(key.bytes());
  }

  /** The sessions that this device has with another. */
  OlmPeer with(HandDevice other) throws CryptoException {
    return with(other.identity().curve25519Key());
  }

  OlmPeer with(Bytes peerKey) throws CryptoException {
    OlmPeer known = peers.get(peerKey);
    if (known == null) {
      known = new OlmPeer(peerKey, List.of());
      peers.put(peerKey, known);
    }
    return known;
  }

  /** Starts an epoch with these devices in it, this one among them. */
  EpochSealing commit(Optional<SignedManifest> previous, HandDevice... roster)
      throws CryptoException {
    Map<Bytes, OlmPeer> sessions = new HashMap<>();
    for (HandDevice device : roster) {
      OlmPeer peer = with(device);
      if (peer.isEmpty()) {
        peer.start(account, device.oneTimeKey());
      }
      sessions.put(device.identity().curve25519Key(), peer);
    }
    List<RosterEntry> entries =
        CommitPlan.roster(Arrays.stream(roster).map(HandDevice::list).toList());
    var terms = new EpochSealing.Terms(
        GROUP,
        previous.map(signed -> signed.manifest().epoch() + 1).orElse(1L),
        previous.map(SignedManifest::hash).orElse(Bytes.EMPTY),
        previous.isPresent() ? RotationReason.MANUAL : RotationReason.CREATED,
        entries);
    return EpochSealing.make(terms, address, account, sessions, random);
  }

  /** Opens this device's own sealed key of another's epoch. */
  EpochOpening open(EpochSealing sealing, HandDevice committer) throws CryptoException {
    SealedKey own = sealing.sealedTo(address).orElseThrow();
    return EpochOpening.of(account, with(committer), sealing.manifest(), own);
  }
}
