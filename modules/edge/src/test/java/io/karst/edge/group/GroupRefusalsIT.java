package io.karst.edge.group;

import static io.karst.edge.scene.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.karst.domain.refusal.Reason;
import io.karst.edge.scene.Refusals;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.scene.TestSession;
import io.karst.wire.v1.AppendRequest;
import io.karst.wire.v1.ArchiveRequest;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.FetchSealedKeysRequest;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.LeaveRequest;
import io.karst.wire.v1.Policy;
import io.karst.wire.v1.ReportCompromiseRequest;
import io.karst.wire.v1.ReportEpochRefusedRequest;
import io.karst.wire.v1.SetPolicyRequest;
import io.karst.wire.v1.SyncRequest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a call about a group can be wrong. */
class GroupRefusalsIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private static TestDevice ada;
  private static TestDevice bo;
  private static TestDevice eve;
  private static TestGroup group;

  @BeforeAll
  static void create() {
    ada = SERVER.device("ada");
    bo = SERVER.device("bo");
    eve = SERVER.device("eve");
    group = TestGroup.created(ada, bo);
  }

  @Test
  void anOutsiderIsToldTheSameOfAGroupThatExistsAndOneThatDoesNot() {
    TestGroup none = TestGroup.planned(ada, bo);
    for (Function<TestGroup, Callable<?>> call : callsBy(eve)) {
      var existing = Refusals.status(call.apply(group));
      assertThat(Refusals.status(call.apply(none)).toByteString())
          .isEqualTo(existing.toByteString());
      assertThat(existing.getMessage()).isEqualTo("GROUP_NOT_FOUND");
    }
  }

  private static List<Function<TestGroup, Callable<?>>> callsBy(TestDevice device) {
    return List.of(
        g -> () -> device
            .groups()
            .getGroup(GetGroupRequest.newBuilder().setGroupId(id(g)).build()),
        g -> () ->
            device.groups().leave(LeaveRequest.newBuilder().setGroupId(id(g)).build()),
        g -> () -> device
            .groups()
            .archive(ArchiveRequest.newBuilder().setGroupId(id(g)).build()),
        g -> () -> device
            .groups()
            .reportCompromise(
                ReportCompromiseRequest.newBuilder().setGroupId(id(g)).build()),
        g -> () -> device
            .groups()
            .reportEpochRefused(ReportEpochRefusedRequest.newBuilder()
                .setGroupId(id(g))
                .setEpoch(1)
                .build()),
        g -> () -> device
            .groups()
            .setPolicy(SetPolicyRequest.newBuilder()
                .setGroupId(id(g))
                .setPolicy(Policy.getDefaultInstance())
                .build()),
        g -> () -> device.groups().commit(g.rotation(device)),
        g -> () -> device.groups().append(new TestSession(device, g.id(), 1).frame(1)),
        g -> () -> device
            .groups()
            .sync(SyncRequest.newBuilder().setGroupId(id(g)).setFromEpoch(1).build()),
        g -> () -> device
            .groups()
            .fetchSealedKeys(FetchSealedKeysRequest.newBuilder()
                .setGroupId(id(g))
                .setFromEpoch(1)
                .build()));
  }

  private static String id(TestGroup group) {
    return group.id().value();
  }

  @Test
  void aGroupIdThatIsNotMadeFromCreatorAndNonceIsRefusedWhetherOrNotItExists() {
    CreateGroupRequest good = TestGroup.planned(eve).creation();
    var foreign = good.toBuilder().setManifest(TestGroup.planned(eve).creation().getManifest());
    assertRefused(
        Reason.GROUP_ID_MISMATCH,
        "manifest.group_id",
        () -> eve.groups().createGroup(foreign.build()));
    assertRefused(
        Reason.FIELD_INVALID,
        "nonce",
        () -> eve.groups().createGroup(good.toBuilder().setNonce(bytes(15)).build()));
  }

  @Test
  void aGroupIsCreatedOnceAndRepeatingThatIsHarmless() {
    TestGroup own = TestGroup.planned(ada, bo);
    var first = ada.groups().createGroup(own.creation());
    assertThat(ada.groups().createGroup(own.creation()).getGroupId()).isEqualTo(first.getGroupId());
    var other = own.creation().toBuilder();
    other.setManifest(own.anotherFirstManifest());
    assertRefused(Reason.GROUP_EXISTS, () -> ada.groups().createGroup(other.build()));
  }

  @Test
  void aManifestMustBeSignedByTheCallingDevice() {
    CommitRequest commit = group.rotation(ada);
    var flipped = commit.toBuilder();
    flipped.getManifestBuilder().setKeyCommitment(bytes(32));
    assertRefused(Reason.MANIFEST_SIGNATURE_INVALID, () -> ada.groups().commit(flipped.build()));
    assertRefused(
        Reason.SENDER_FORGED, "manifest.committer_device_id", () -> bo.groups().commit(commit));
  }

  @Test
  void sealedKeysMustMatchTheRosterExactly() {
    CommitRequest commit = group.rotation(ada);
    var missing = commit.toBuilder().removeSealedKeys(1).build();
    assertRefused(Reason.SEALED_KEYS_MISMATCH, () -> ada.groups().commit(missing));
    var twice = commit.toBuilder().setSealedKeys(1, commit.getSealedKeys(0)).build();
    assertRefused(Reason.SEALED_KEYS_MISMATCH, () -> ada.groups().commit(twice));
    var extra = commit.toBuilder();
    extra.addSealedKeys(
        commit.getSealedKeys(0).toBuilder().setMemberId(eve.address().member().value()));
    assertRefused(Reason.SEALED_KEYS_MISMATCH, () -> ada.groups().commit(extra.build()));
  }

  @Test
  void theRosterMustBeTheRegisteredDevicesOfAllMembers() {
    CommitRequest short1 = group.rotationOf(ada, List.of(ada));
    assertRefused(Reason.ROSTER_MISMATCH, () -> ada.groups().commit(short1));
    var ghost = new TestDevice(SERVER, SERVER.unique("ghost"));
    CommitRequest added = group.addition(ghost);
    assertRefused(Reason.MEMBER_NOT_FOUND, () -> ada.groups().commit(added));
  }

  @Test
  void anAuditorIsNobodyWhomAGroupCanTakeIn() {
    CommitRequest added = group.addition(SERVER.auditor());
    assertRefused(Reason.MEMBER_NOT_FOUND, () -> ada.groups().commit(added));
  }

  @Test
  void aCommitThatComesTooLateIsToldTheCurrentEpochWithItsOwnSealedKey() {
    TestGroup contested = TestGroup.created(ada, bo);
    CommitRequest first = contested.rotation(ada);
    CommitRequest second = contested.rotation(bo);
    contested.commit(ada, first);
    var status = Refusals.status(() -> bo.groups().commit(second));
    assertThat(status.getMessage()).isEqualTo("STALE_EPOCH");
    var epoch = Refusals.epoch(status);
    assertThat(epoch.getManifest()).isEqualTo(first.getManifest());
    assertThat(epoch.getSealedKey().getMemberId())
        .isEqualTo(bo.address().member().value());
    assertRefused(Reason.COMMIT_REPLAYED, () -> ada.groups().commit(first));
    contested.commit(ada, contested.rotation(ada));
    assertRefused(Reason.STALE_EPOCH, () -> ada.groups().commit(first));
  }

  @Test
  void rolesAreRequired() {
    assertRefused(
        Reason.ROLE_REQUIRED,
        () -> bo.groups()
            .archive(ArchiveRequest.newBuilder().setGroupId(id(group)).build()));
    assertRefused(
        Reason.LAST_OWNER,
        () -> ada.groups().leave(LeaveRequest.newBuilder().setGroupId(id(group)).build()));
  }

  @Test
  void epochsThatWereNotReachedAreUnknown() {
    var sync = SyncRequest.newBuilder().setGroupId(id(group)).setFromEpoch(1).setToEpoch(9);
    assertRefused(Reason.EPOCH_UNKNOWN, "to_epoch", () -> bo.groups().sync(sync.build()));
    assertRefused(
        Reason.FIELD_INVALID,
        "to_epoch",
        () -> bo.groups().sync(sync.setFromEpoch(3).setToEpoch(2).build()));
    assertRefused(
        Reason.FIELD_MISSING,
        "from_epoch",
        () -> bo.groups().sync(sync.clearFromEpoch().build()));
  }

  @ParameterizedTest
  @CsvSource({"0, ID_EMPTY", "31, ID_INVALID", "33, ID_TOO_LONG", "10000, ID_TOO_LONG"})
  void groupIdsAreParsedOnce(int length, Reason reason) {
    String id = "a".repeat(length);
    assertRefused(
        reason,
        "group_id",
        () -> ada.groups().getGroup(GetGroupRequest.newBuilder().setGroupId(id).build()));
    assertRefused(
        reason,
        "group_id",
        () -> ada.groups().append(AppendRequest.newBuilder().setGroupId(id).build()));
    var commit = group.rotation(ada).toBuilder();
    commit.getManifestBuilder().setGroupId(id);
    assertRefused(reason, "manifest.group_id", () -> ada.groups().commit(commit.build()));
  }

  @Test
  void membersOfARosterAreNamedInTheRefusal() {
    var commit = group.rotation(ada).toBuilder();
    commit.getManifestBuilder().getRosterBuilder(1).setMemberId("not a name");
    assertRefused(
        Reason.ID_INVALID,
        "manifest.roster[1].member_id",
        () -> ada.groups().commit(commit.build()));
  }

  static Stream<Arguments> policiesOutOfRange() {
    return Stream.of(
        Arguments.of("policy.grace_millis", Policy.newBuilder().setGraceMillis(600_001)),
        Arguments.of("policy.grace_millis", Policy.newBuilder().setGraceMillis(-1)),
        Arguments.of("policy.epoch_age_max_millis", Policy.newBuilder().setEpochAgeMaxMillis(1)),
        Arguments.of(
            "policy.epoch_age_max_millis", Policy.newBuilder().setEpochAgeMaxMillis(1L << 62)),
        Arguments.of("policy.messages_per_member", Policy.newBuilder().setMessagesPerMember(0)),
        Arguments.of("policy.messages_per_member", Policy.newBuilder().setMessagesPerMember(-1)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("policiesOutOfRange")
  void aPolicyMustBeInItsRange(String field, Policy.Builder policy) {
    var creation =
        TestGroup.planned(ada).creation().toBuilder().setPolicy(policy).build();
    assertRefused(Reason.POLICY_INVALID, field, () -> ada.groups().createGroup(creation));
    var setting =
        SetPolicyRequest.newBuilder().setGroupId(id(group)).setPolicy(policy).build();
    assertRefused(Reason.POLICY_INVALID, field, () -> ada.groups().setPolicy(setting));
  }

  @Test
  void aPolicyMustBeThereToBeSet() {
    var setting = SetPolicyRequest.newBuilder().setGroupId(id(group)).build();
    assertRefused(Reason.FIELD_MISSING, "policy", () -> ada.groups().setPolicy(setting));
  }

  @Test
  void onlyAdminsSetAPolicy() {
    var setting = SetPolicyRequest.newBuilder()
        .setGroupId(id(group))
        .setPolicy(Policy.newBuilder().setMessagesPerMember(5))
        .build();
    assertRefused(Reason.ROLE_REQUIRED, () -> bo.groups().setPolicy(setting));
  }

  private static ByteString bytes(int length) {
    return ByteString.copyFrom(new byte[length]);
  }
}
