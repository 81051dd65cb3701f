package io.karst.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.group.Envelope;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.group.Policy;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.MemberId;
import io.karst.journal.codec.GroupRecordCodec;
import io.karst.journal.history.GroupHistory;
import io.karst.journal.history.TestDevice;
import io.karst.journal.history.TestMembers;
import io.karst.journal.log.StoredRecord;
import io.karst.journal.v1.GroupRecord;
import io.karst.proof.statement.EpochStatements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logs of a server that lies: offsets and roots are right, and still every lie is found. */
class ForgedLogTest {

  private final Scene scene = new Scene();
  private final GroupHistory history = scene.history;
  private final Forger forger = new Forger(history);
  private final Instant now = history.group().lastAt();

  @Test
  void anHonestRecordBehindTheLogIsNoForgery() {
    assertFound(forger.write(3, envelopes(scene.laptop.envelope(history.id(), 3, 1, 1))));
  }

  @Test
  void aManifestThatItsCommitterDidNotSignIsFound() {
    SignedManifest forged = EpochStatements.signed(
        manifest(scene.members), scene.bosPhone.sign(manifest(scene.members)).signature());
    assertFound(rotateTo(forged), FindingCode.MANIFEST_SIGNATURE_INVALID);
  }

  @Test
  void aGhostDeviceUnderAnOldDeviceListIsFound() {
    var withGhost = new TestMembers();
    withGhost.register("ada", "laptop", "phone");
    withGhost.register("cleo", "ghost", "phone");
    assertFound(rotateTo(scene.laptop.sign(manifest(withGhost))), FindingCode.DEVICES_CONTRADICTED);
  }

  @Test
  void aRosterThatLeavesAMemberOutIsFound() {
    assertFound(
        rotateTo(scene.laptop.sign(manifest(scene.members, scene.ada))),
        FindingCode.ROSTER_MISMATCH);
  }

  @Test
  void aRosterThatKeepsARemovedMemberIsFound() {
    var roster = manifest(scene.members, scene.ada, scene.bo, scene.cleo);
    assertFound(rotateTo(scene.laptop.sign(roster)), FindingCode.ROSTER_MISMATCH);
  }

  @Test
  void aCommitterFromOutsideIsFound() {
    Manifest honest = manifest(scene.members);
    var byBo = new Manifest(
        honest.group(),
        honest.epoch(),
        honest.keySuite(),
        honest.previousHash(),
        honest.reason(),
        scene.bosPhone.address(),
        honest.keyCommitment(),
        honest.roster());
    assertFound(
        rotateTo(scene.bosPhone.sign(byBo)),
        FindingCode.MANIFEST_SIGNER_UNKNOWN,
        FindingCode.EVENT_IMPOSSIBLE);
  }

  @Test
  void aManifestThatSkipsOneIsFound() {
    Manifest honest = manifest(scene.members);
    var skipping = new Manifest(
        honest.group(),
        honest.epoch(),
        honest.keySuite(),
        Bytes.copyOf(new byte[32]),
        honest.reason(),
        honest.committer(),
        honest.keyCommitment(),
        honest.roster());
    assertFound(
        rotateTo(scene.laptop.sign(skipping)),
        FindingCode.MANIFEST_CHAIN_BROKEN,
        FindingCode.EVENT_IMPOSSIBLE);
  }

  @Test
  void aSealedKeyTooFewIsFound() throws InvalidProtocolBufferException {
    List<byte[]> stored = new ArrayList<>(history.stored());
    GroupRecord.Builder started = GroupRecord.parseFrom(stored.get(3)).toBuilder();
    started.getEpochStartedBuilder().removeSealedKeys(0);
    stored.set(3, started.build().toByteArray());
    assertThat(codes(scene.audit(stored))).containsExactly(FindingCode.SEALED_KEYS_MISMATCH);
  }

  @Test
  void aGroupIdThatItsCreatorCannotClaimIsFound() {
    var empty = new Forger(new GroupHistory(scene.members, scene.ada));
    var bo = scene.bosPhone.address();
    Bytes nonce = history.group().nonce();
    empty.write(0, new GroupEvent.GroupCreated(bo, history.id(), nonce, Policy.DEFAULT, now));
    assertFound(empty, FindingCode.GROUP_ID_FORGED, FindingCode.COMMIT_UNFINISHED);
  }

  @Test
  void aSessionThatItsDeviceDidNotSignIsFound() {
    SessionBinding honest = scene.cleosPhone.bind(history.id(), 3);
    var forged =
        new SessionBinding(honest.sender(), 3, honest.sessionKey(), Bytes.copyOf(new byte[64]));
    assertFound(
        forger.write(3, new GroupEvent.SessionOpened(forged, now)),
        FindingCode.SESSION_SIGNATURE_INVALID);
  }

  @Test
  void aSessionOfADeviceOutsideTheRosterIsFound() {
    assertFound(
        forger.write(3, opened(scene.bosPhone, 3)),
        FindingCode.SENDER_NOT_IN_ROSTER,
        FindingCode.SENDER_REMOVED);
  }

  @Test
  void aSecondSessionInAnEpochIsFound() {
    assertFound(forger.write(3, opened(scene.laptop, 3)), FindingCode.SESSION_CONFLICT);
  }

  @Test
  void anEnvelopeThatTheServerMadeUpIsFound() {
    Envelope honest = scene.laptop.envelope(history.id(), 3, 1, 1);
    byte[] ciphertext = honest.ciphertext().toArray();
    ciphertext[10] ^= 1;
    assertFound(
        forger.write(3, envelopes(with(honest, 1, Bytes.copyOf(ciphertext)))),
        FindingCode.ENVELOPE_SIGNATURE_INVALID);
  }

  @Test
  void anEnvelopeUnderAnotherIndexIsFound() {
    Envelope honest = scene.laptop.envelope(history.id(), 3, 1, 1);
    assertFound(
        forger.write(3, envelopes(with(honest, 2, honest.ciphertext()))),
        FindingCode.INDEX_MISMATCH);
  }

  @Test
  void bytesThatAreNoMessageAreFound() {
    Envelope honest = scene.laptop.envelope(history.id(), 3, 1, 1);
    assertFound(
        forger.write(3, envelopes(with(honest, 1, Bytes.ofHex("00")))),
        FindingCode.ENVELOPE_MALFORMED);
  }

  @Test
  void aReplayedMessageIsFoundAmongGoodOnes() {
    Envelope fresh = scene.laptop.envelope(history.id(), 3, 1, 1);
    Envelope again = scene.laptop.envelope(history.id(), 3, 0, 1);
    var renamed = new Envelope(
        3,
        again.sender(),
        again.sessionId(),
        0,
        new ClientId(Bytes.ofHex("ff")),
        again.ciphertext());
    AuditReport report = scene.audit(forger.write(3, envelopes(fresh, renamed)).stored());
    assertThat(codes(report)).containsExactly(FindingCode.INDEX_REPLAYED);
    assertThat(report.findings().get(0).offset()).isEqualTo(history.log().head().size() + 1);
  }

  @Test
  void aRepeatedClientIdIsFound() {
    Envelope fresh = scene.laptop.envelope(history.id(), 3, 1, 1);
    Envelope taken = scene.laptop.envelope(history.id(), 3, 0, 1);
    var repeating =
        new Envelope(3, fresh.sender(), fresh.sessionId(), 1, taken.clientId(), fresh.ciphertext());
    assertFound(forger.write(3, envelopes(repeating)), FindingCode.CLIENT_ID_REPEATED);
  }

  @Test
  void anEnvelopeOfARemovedMemberIsFound() {
    Envelope late = scene.bosPhone.envelope(history.id(), 2, 2, 1);
    assertFound(forger.write(3, envelopes(late)), FindingCode.SENDER_REMOVED);
  }

  @Test
  void anEnvelopeWithoutASessionIsFound() {
    Envelope unbound = scene.cleosPhone.envelope(history.id(), 3, 0, 1);
    assertFound(forger.write(3, envelopes(unbound)), FindingCode.SESSION_UNKNOWN);
  }

  @Test
  void anEnvelopeAfterTheGraceIsFound() {
    Envelope late = scene.cleosPhone.envelope(history.id(), 2, 1, 1);
    Instant later = now.plus(Policy.DEFAULT.grace()).plusSeconds(1);
    assertFound(
        forger.write(3, new GroupEvent.EnvelopesAppended(List.of(late), later)),
        FindingCode.GRACE_EXCEEDED);
  }

  @Test
  void anEnvelopeOfADeviceOutsideTheRosterIsFound() {
    var stranger = new TestDevice("ada", "tablet");
    assertFound(
        forger.write(3, envelopes(stranger.envelope(history.id(), 3, 0, 1))),
        FindingCode.SENDER_NOT_IN_ROSTER);
  }

  @Test
  void anEnvelopeAfterSomebodyLeftIsFound() {
    Envelope next = scene.laptop.envelope(history.id(), 3, 1, 1);
    forger.write(3, new GroupEvent.MemberLeft(scene.cleosPhone.address(), now));
    assertFound(forger.write(3, envelopes(next)), FindingCode.ROTATION_OVERDUE);
  }

  @Test
  void anEnvelopeBetweenARemovalAndTheNextEpochIsFound() {
    Envelope next = scene.laptop.envelope(history.id(), 3, 1, 1);
    var by = scene.laptop.address();
    forger
        .write(3, new GroupEvent.EpochEnded(by, 3, now, now))
        .write(3, new GroupEvent.MemberRemoved(by, scene.cleo, now));
    assertFound(forger.write(3, envelopes(next)), FindingCode.ROTATION_OVERDUE);
  }

  @Test
  void anEntryAfterTheEndIsFound() {
    var by = scene.laptop.address();
    forger.write(3, new GroupEvent.GroupArchived(by, now));
    assertFound(
        forger.write(3, new GroupEvent.GroupArchived(by, now)), FindingCode.ENTRY_AFTER_ARCHIVE);
  }

  @Test
  void anEntryFromThePastIsFound() {
    var event = new GroupEvent.GroupArchived(scene.laptop.address(), now.minusMillis(1));
    assertFound(forger.write(3, event), FindingCode.TIME_WENT_BACK);
  }

  @Test
  void aRemovalOutsideOfACommitIsFound() {
    var event = new GroupEvent.MemberRemoved(scene.laptop.address(), scene.cleo, now);
    assertFound(forger.write(3, event), FindingCode.EVENT_IMPOSSIBLE);
  }

  @Test
  void anotherCurrentEpochIsFound() {
    var event = new GroupEvent.GroupArchived(scene.laptop.address(), now);
    assertFound(forger.write(4, event), FindingCode.EPOCH_MISMATCH);
  }

  @Test
  void aRootThatIsNotOfTheseEntriesIsFound() {
    var event = new GroupEvent.GroupArchived(scene.laptop.address(), now);
    StoredRecord honest = history.log().record(event);
    Bytes otherRoot = Bytes.copyOf(new byte[32]);
    var forged = new StoredRecord(honest.firstOffset(), now, honest.epoch(), otherRoot, event);
    List<byte[]> stored = new ArrayList<>(history.stored());
    stored.add(new GroupRecordCodec(history.id()).encode(forged));
    assertThat(codes(scene.audit(stored))).containsExactly(FindingCode.ROOT_MISMATCH);
  }

  @Test
  void allFindingsAreCountedAndToldButNotAllAreKept() {
    int count = AuditReport.FINDINGS_MAX + 1;
    Envelope[] malformed = new Envelope[count];
    for (int i = 0; i < count; i++) {
      Envelope honest = scene.laptop.envelope(history.id(), 3, i + 1, 1);
      malformed[i] = with(honest, i + 1, Bytes.ofHex("00"));
    }
    var told = new CollectedRows();
    List<byte[]> stored = forger.write(3, envelopes(malformed)).stored();
    AuditReport report = new AuditReplay(history.id(), told).run(stored.iterator());
    assertThat(report.findingCount()).isEqualTo(count);
    assertThat(told.findings).hasSize(count);
    assertThat(report.findings()).isEqualTo(told.findings.subList(0, AuditReport.FINDINGS_MAX));
    assertThat(report.complete()).isTrue();
    assertThat(report.sound()).isFalse();
  }

  private void assertFound(Forger forged, FindingCode... codes) {
    assertThat(codes(scene.audit(forged.stored()))).containsExactly(codes);
  }

  private static List<FindingCode> codes(AuditReport report) {
    return report.findings().stream().map(Finding::code).toList();
  }

  private Forger rotateTo(SignedManifest manifest) {
    List<SealedKey> keys = manifest.manifest().roster().stream()
        .map(RosterEntry::address)
        .map(device -> new SealedKey(device, 0, Bytes.ofHex("ee")))
        .toList();
    return forger
        .write(3, new GroupEvent.EpochEnded(scene.laptop.address(), 3, now, now))
        .write(4, new GroupEvent.EpochStarted(manifest, keys, now));
  }

  private Manifest manifest(TestMembers members) {
    return manifest(members, scene.ada, scene.cleo);
  }

  private Manifest manifest(TestMembers members, MemberId... roster) {
    return new Manifest(
        history.id(),
        4,
        Manifest.KEY_SUITE_OLM,
        history.group().epoch().manifestHash(),
        RotationReason.MANUAL,
        scene.laptop.address(),
        Bytes.copyOf(new byte[32]),
        members.roster(List.of(roster)));
  }

  private GroupEvent opened(TestDevice device, long epoch) {
    return new GroupEvent.SessionOpened(device.bind(history.id(), epoch), now);
  }

  private GroupEvent envelopes(Envelope... envelopes) {
    return new GroupEvent.EnvelopesAppended(List.of(envelopes), now);
  }

  private static Envelope with(Envelope honest, long index, Bytes ciphertext) {
    return new Envelope(
        honest.epoch(), honest.sender(), honest.sessionId(), index, honest.clientId(), ciphertext);
  }
}
