package io.karst.proof.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RosterEntry;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.epoch.SignedManifest;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.proof.statement.EpochStatements;
import io.karst.proof.statement.Samples;
import io.karst.proof.statement.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ManifestsTest {

  private final Signatures signatures = new Signatures();
  private final Manifests manifests = new Manifests(signatures);
  private final SessionBindings bindings = new SessionBindings(signatures);
  private final Signer alice = new Signer("phone", 1);
  private final Signer bob = new Signer("phone", 2);
  private final Signer session = new Signer("session", 3);
  private final SignedManifest first = commit(Samples.GROUP, 1, Bytes.EMPTY, alice, "alice");
  private final SignedManifest second =
      commit(Samples.GROUP, 2, first.hash(), alice, "alice", "bob");

  @Test
  void aChainThatIsSignedByThePreviousRosterHolds() {
    SignedManifest third = commit(Samples.GROUP, 3, second.hash(), bob, "bob");
    assertThat(manifests.first(first)).isEqualTo(Verdict.VALID);
    assertThat(manifests.next(first, second)).isEqualTo(Verdict.VALID);
    assertThat(manifests.next(second, third)).isEqualTo(Verdict.VALID);
  }

  @Test
  void aNewcomerCannotCommitItsOwnJoining() {
    SignedManifest byBob = commit(Samples.GROUP, 2, first.hash(), bob, "alice", "bob");
    assertThat(manifests.next(first, byBob)).isEqualTo(Verdict.SIGNER_UNKNOWN);
  }

  @Test
  void theFirstCommitterStandsInItsOwnRoster() {
    SignedManifest foreign = commit(Samples.GROUP, 1, Bytes.EMPTY, bob, "alice");
    assertThat(manifests.first(foreign)).isEqualTo(Verdict.SIGNER_UNKNOWN);
    assertThat(manifests.first(second)).isEqualTo(Verdict.CHAIN_BROKEN);
  }

  @Test
  void aForgedSignatureIsRefused() {
    var forged = EpochStatements.signed(second.manifest(), bob.sign(statement(second)));
    assertThat(manifests.next(first, forged)).isEqualTo(Verdict.SIGNATURE_INVALID);
    assertThat(manifests.verify(second.manifest(), second.signature(), bob.publicKey()))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
  }

  @Test
  void aManifestThatDoesNotFollowIsRefused() {
    var otherGroup = new GroupId("ffeeddccbbaa99887766554433221100");
    var foreign = commit(otherGroup, 2, first.hash(), alice, "alice");
    var skipped = commit(Samples.GROUP, 3, first.hash(), alice, "alice");
    var unlinked = commit(Samples.GROUP, 2, Samples.repeated(0, 32), alice, "alice");
    assertThat(Stream.of(foreign, skipped, unlinked, first))
        .allSatisfy(
            next -> assertThat(manifests.next(first, next)).isEqualTo(Verdict.CHAIN_BROKEN));
  }

  @Test
  void aSessionBelongsToTheRosterDeviceThatSignedForIt() {
    SessionBinding binding = bind(2, Samples.GROUP, bob);
    assertThat(bindings.verify(second.manifest(), binding)).isEqualTo(Verdict.VALID);
    assertThat(bindings.verify(second.manifest(), bind(2, Samples.GROUP, alice)))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
    assertThat(bindings.verify(first.manifest(), bind(1, Samples.GROUP, bob)))
        .isEqualTo(Verdict.SIGNER_UNKNOWN);
    assertThat(bindings.verify(first.manifest(), binding)).isEqualTo(Verdict.CHAIN_BROKEN);
  }

  @Test
  void aSessionCannotBeMovedToAnotherGroupOrHaveAnUnfitKey() {
    var otherGroup = new GroupId("ffeeddccbbaa99887766554433221100");
    assertThat(bindings.verify(second.manifest(), bind(2, otherGroup, bob)))
        .isEqualTo(Verdict.SIGNATURE_INVALID);
    Bytes zero = Samples.repeated(0, 32);
    var sender = DeviceAddress.of("bob", "phone");
    Bytes signature = bob.sign(EpochStatements.sessionBinding(Samples.GROUP, 2, sender, zero));
    assertThat(bindings.verify(second.manifest(), new SessionBinding(sender, 2, zero, signature)))
        .isEqualTo(Verdict.KEY_INVALID);
  }

  private SessionBinding bind(long epoch, GroupId group, Signer signer) {
    var sender = DeviceAddress.of("bob", "phone");
    Bytes key = session.publicKey();
    Bytes signature = signer.sign(EpochStatements.sessionBinding(group, epoch, sender, key));
    return new SessionBinding(sender, epoch, key, signature);
  }

  private SignedManifest commit(
      GroupId group, long epoch, Bytes previous, Signer committer, String... roster) {
    var manifest = new Manifest(
        group,
        epoch,
        Manifest.KEY_SUITE_OLM,
        previous,
        RotationReason.MANUAL,
        DeviceAddress.of(committer == alice ? "alice" : "bob", "phone"),
        Samples.repeated(5, 32),
        Stream.of(roster).map(this::entry).toList());
    return EpochStatements.signed(manifest, committer.sign(EpochStatements.manifest(manifest)));
  }

  private RosterEntry entry(String member) {
    Signer device = List.of("alice").contains(member) ? alice : bob;
    return new RosterEntry(new MemberId(member), 1, device.identity());
  }

  private static Statement statement(SignedManifest signed) {
    return EpochStatements.manifest(signed.manifest());
  }
}
