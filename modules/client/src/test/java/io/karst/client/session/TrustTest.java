package io.karst.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.client.api.SecurityProblem.Flaw;
import io.karst.crypto.error.CryptoException;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceIdentity;
import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.signature.DeviceLists;
import io.karst.proof.signature.Signatures;
import io.karst.proof.statement.EpochStatements;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that a server or a member may say falsely about rosters and devices, and how it is
 * caught.
 */
class TrustTest {

  private static final GroupId OTHER_GROUP = new GroupId("ffffffffffffffffffffffffffffffff");

  private final Signatures signatures = new Signatures();
  private final DeviceTrust devices = new DeviceTrust(signatures);
  private final Map<MemberId, List<DeviceList>> pinned = new HashMap<>();
  private HandDevice ann;
  private HandDevice bob;
  private HandDevice eve;
  private ManifestTrust trust;

  @BeforeEach
  void pinEverybody() {
    ann = new HandDevice("ann", 1);
    bob = new HandDevice("bob", 2);
    eve = new HandDevice("eve", 3);
    for (HandDevice device : List.of(ann, bob, eve)) {
      pinned.put(device.address().member(), List.of(device.list()));
    }
    trust = new ManifestTrust(signatures, bob.address(), bob.identity());
  }

  @Test
  void anHonestChainOfManifestsIsBelieved() throws CryptoException {
    SignedManifest first = ann.commit(Optional.empty(), ann, bob).manifest();
    SignedManifest second = bob.commit(Optional.of(first), ann, bob, eve).manifest();
    assertThat(flaw(first, 1, Optional.empty())).isEmpty();
    assertThat(flaw(second, 2, Optional.of(first))).isEmpty();
  }

  @Test
  void whoJoinsBelievesACommitterOfTheRosterWhosePinsFit() throws CryptoException {
    SignedManifest first = ann.commit(Optional.empty(), ann).manifest();
    SignedManifest second = ann.commit(Optional.of(first), ann, bob).manifest();
    assertThat(flaw(second, 2, Optional.empty())).isEmpty();
  }

  @Test
  void aManifestWithAnotherSignatureIsRefused() throws CryptoException {
    SignedManifest first = ann.commit(Optional.empty(), ann, bob).manifest();
    SignedManifest forged = new SignedManifest(
        first.manifest(), first.hash(), eve.sign(EpochStatements.manifest(first.manifest())));
    assertThat(flaw(forged, 1, Optional.empty())).contains(Flaw.SIGNATURE);
  }

  @Test
  void aCommitterFromOutsideTheRosterBeforeIsRefused() throws CryptoException {
    SignedManifest first = ann.commit(Optional.empty(), ann, bob).manifest();
    SignedManifest second = eve.commit(Optional.of(first), ann, bob, eve).manifest();
    assertThat(flaw(second, 2, Optional.of(first))).contains(Flaw.COMMITTER_NOT_IN_ROSTER);
  }

  @Test
  void aManifestThatNamesAnotherOneBeforeItIsRefused() throws CryptoException {
    SignedManifest shown = ann.commit(Optional.empty(), ann, bob).manifest();
    SignedManifest hidden = ann.commit(Optional.empty(), ann, bob).manifest();
    SignedManifest second = ann.commit(Optional.of(hidden), ann, bob).manifest();
    assertThat(flaw(second, 2, Optional.of(shown))).contains(Flaw.CHAIN);
  }

  @Test
  void aManifestOfAnotherGroupOrEpochIsRefused() throws CryptoException {
    SignedManifest first = ann.commit(Optional.empty(), ann, bob).manifest();
    var otherGroup = new ManifestTrust.Known(OTHER_GROUP, 1, Optional.empty(), pinned);
    assertThat(trust.flaw(first, otherGroup)).contains(Flaw.OTHER_GROUP);
    assertThat(flaw(first, 2, Optional.empty())).contains(Flaw.OTHER_GROUP);
  }

  @Test
  void anUnknownKeySuiteIsRefused() {
    SignedManifest signed =
        signed(ann, 2, RotationReason.CREATED, List.of(ann.entry(), bob.entry()));
    assertThat(flaw(signed, 1, Optional.empty())).contains(Flaw.KEY_SUITE);
  }

  @Test
  void aFirstEpochThatWasNotCreatedIsRefused() {
    SignedManifest signed =
        signed(ann, 1, RotationReason.MANUAL, List.of(ann.entry(), bob.entry()));
    assertThat(flaw(signed, 1, Optional.empty())).contains(Flaw.CHAIN);
  }

  @Test
  void aRosterWithSomebodyElsesKeyForAMemberIsRefused() {
    RosterEntry ghost =
        new RosterEntry(bob.address().member(), 1, renamed(eve.identity(), "phone"));
    SignedManifest signed = signed(ann, 1, RotationReason.CREATED, List.of(ann.entry(), ghost));
    assertThat(flaw(signed, 1, Optional.empty())).contains(Flaw.ROSTER_DEVICES);
  }

  @Test
  void aRosterWithAGhostDeviceOfAMemberIsRefused() {
    RosterEntry ghost =
        new RosterEntry(ann.address().member(), 1, renamed(eve.identity(), "tablet"));
    SignedManifest signed =
        signed(ann, 1, RotationReason.CREATED, List.of(ann.entry(), ghost, bob.entry()));
    assertThat(flaw(signed, 1, Optional.empty())).contains(Flaw.ROSTER_DEVICES);
  }

  @Test
  void aRosterThatNamesADeviceListNobodySawIsRefused() {
    RosterEntry later = new RosterEntry(ann.address().member(), 2, ann.identity());
    SignedManifest signed = signed(ann, 1, RotationReason.CREATED, List.of(later, bob.entry()));
    assertThat(flaw(signed, 1, Optional.empty())).contains(Flaw.UNKNOWN_VERSION);
  }

  @Test
  void aRosterThatGoesBackToAnOlderDeviceListIsRefused() {
    DeviceList second = ann.list(2, DeviceLists.hash(ann.list()), ann.identity());
    pinned.put(ann.address().member(), List.of(ann.list(), second));
    RosterEntry newer = new RosterEntry(ann.address().member(), 2, ann.identity());
    SignedManifest before = signed(ann, 1, RotationReason.CREATED, List.of(newer, bob.entry()));
    Manifest after = new Manifest(
        HandDevice.GROUP,
        2,
        1,
        before.hash(),
        RotationReason.MANUAL,
        ann.address(),
        Bytes.copyOf(new byte[32]),
        List.of(ann.entry(), bob.entry()));
    assertThat(flaw(sign(ann, after), 2, Optional.of(before))).contains(Flaw.ROSTER_DEVICES);
  }

  @Test
  void ownKeysThatAreNotOursAreRefusedEvenWhenThePinsSayTheSame() {
    HandDevice double_ = new HandDevice("bob", 77);
    pinned.put(bob.address().member(), List.of(double_.list()));
    SignedManifest signed =
        signed(ann, 1, RotationReason.CREATED, List.of(ann.entry(), double_.entry()));
    assertThat(flaw(signed, 1, Optional.empty())).contains(Flaw.OWN_KEYS);
  }

  @Test
  void aRosterWithoutThisDeviceIsBelievedButNotItsBusiness() throws CryptoException {
    SignedManifest first = ann.commit(Optional.empty(), ann, bob).manifest();
    SignedManifest without = ann.commit(Optional.of(first), ann, eve).manifest();
    assertThat(flaw(without, 2, Optional.of(first))).isEmpty();
    assertThat(without.manifest().entry(bob.address())).isEmpty();
  }

  @Test
  void theFirstDeviceListIsTrustedOnFirstUseAndNoOtherAfterIt() {
    assertThat(devices.flaw(List.of(), ann.list())).isEmpty();
    assertThat(devices.flaw(List.of(ann.list()), ann.list())).isEmpty();
    HandDevice impostor = new HandDevice("ann", 99);
    assertThat(devices.flaw(List.of(ann.list()), impostor.list())).contains(Flaw.TWO_STATEMENTS);
  }

  @Test
  void aLaterDeviceListMustFollowThePinnedOne() {
    List<DeviceList> known = List.of(ann.list());
    DeviceIdentity tablet = renamed(eve.identity(), "tablet");
    DeviceList second = ann.list(2, DeviceLists.hash(ann.list()), ann.identity(), tablet);
    assertThat(devices.flaw(known, second)).isEmpty();
    DeviceList unlinked = ann.list(2, Bytes.copyOf(new byte[32]), ann.identity(), tablet);
    assertThat(devices.flaw(known, unlinked)).contains(Flaw.CHAIN);
    DeviceList jumped = ann.list(3, DeviceLists.hash(second), ann.identity());
    assertThat(devices.flaw(known, jumped)).contains(Flaw.UNKNOWN_VERSION);
    DeviceList bySomebodyElse = new DeviceList(
        second.member(),
        2,
        second.previousHash(),
        second.devices(),
        second.signer(),
        eve.list().signature());
    assertThat(devices.flaw(known, bySomebodyElse)).contains(Flaw.SIGNATURE);
    assertThat(devices.flaw(List.of(), second)).contains(Flaw.UNKNOWN_VERSION);
  }

  private Optional<Flaw> flaw(
      SignedManifest manifest, long epoch, Optional<SignedManifest> previous) {
    return trust.flaw(manifest, new ManifestTrust.Known(HandDevice.GROUP, epoch, previous, pinned));
  }

  private static SignedManifest signed(
      HandDevice committer, int keySuite, RotationReason reason, List<RosterEntry> roster) {
    RosterEntry[] sorted = roster.toArray(new RosterEntry[0]);
    Arrays.sort(sorted, (one, other) -> one.address().compareTo(other.address()));
    Manifest manifest = new Manifest(
        HandDevice.GROUP,
        1,
        keySuite,
        Bytes.EMPTY,
        reason,
        committer.address(),
        Bytes.copyOf(new byte[32]),
        List.of(sorted));
    return sign(committer, manifest);
  }

  private static SignedManifest sign(HandDevice committer, Manifest manifest) {
    return EpochStatements.signed(manifest, committer.sign(EpochStatements.manifest(manifest)));
  }

  private static DeviceIdentity renamed(DeviceIdentity identity, String device) {
    return new DeviceIdentity(
        new DeviceId(device), identity.ed25519Key(), identity.curve25519Key());
  }
}
