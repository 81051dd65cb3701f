package io.karst.edge.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ClientCallStreamObserver;
import io.karst.domain.id.GroupId;
import io.karst.edge.scene.Heard;
import io.karst.edge.scene.TestDevice;
import io.karst.edge.scene.TestGroup;
import io.karst.edge.scene.TestServer;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.wire.v1.CommitPart;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.CommitResponse;
import io.karst.wire.v1.CreateGroupPart;
import io.karst.wire.v1.CreateGroupRequest;
import io.karst.wire.v1.CreateGroupResponse;
import io.karst.wire.v1.GetGroupRequest;
import io.karst.wire.v1.GetGroupResponse;
import io.karst.wire.v1.SealedKey;
import io.karst.wire.v1.SealedKeyPart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Creations and commits that come in parts, each with one sealed key. */
class CommitStreamIT {

  @RegisterExtension
  static final TestServer SERVER = new TestServer();

  private static TestDevice ada;
  private static TestDevice bo;

  @BeforeAll
  static void register() {
    ada = SERVER.device("ada");
    bo = SERVER.device("bo");
  }

  @Test
  void partsMakeTheSameGroupAndEpochAsOneMessage() {
    TestGroup group = TestGroup.planned(ada, bo);
    var created = new Heard<CreateGroupPart, CreateGroupResponse>(true);
    var creation = ada.groupsAsync().createGroupStream(created);
    CreateGroupRequest whole = group.creation();
    creation.onNext(CreateGroupPart.newBuilder()
        .setCreate(whole.toBuilder().clearSealedKeys())
        .build());
    whole
        .getSealedKeysList()
        .forEach(key ->
            creation.onNext(CreateGroupPart.newBuilder().setSealedKeys(one(key)).build()));
    creation.onCompleted();
    assertThat(((CreateGroupResponse) created.next()).getGroupId())
        .isEqualTo(group.id().value());
    CommitRequest rotation = group.rotation(ada);
    assertThat(commit(rotation)).isInstanceOf(CommitResponse.class);
    assertThat(view(group.id()).getEpoch().getManifest()).isEqualTo(rotation.getManifest());
    assertThat(rotation.getSealedKeysList())
        .contains(view(group.id()).getEpoch().getSealedKey());
    assertThat(ConformanceInterceptor.info((Throwable) commit(rotation)).getReason())
        .isEqualTo("COMMIT_REPLAYED");
  }

  @Test
  void aCommitThatBreaksOffLeavesNoTrace() {
    TestGroup group = TestGroup.created(ada, bo);
    GetGroupResponse before = delivered(group.id());
    var heard = new Heard<CommitPart, CommitResponse>(true);
    var call = (ClientCallStreamObserver<CommitPart>) ada.groupsAsync().commitStream(heard);
    CommitRequest rotation = group.rotation(ada);
    call.onNext(CommitPart.newBuilder()
        .setCommit(rotation.toBuilder().clearSealedKeys())
        .build());
    call.onNext(
        CommitPart.newBuilder().setSealedKeys(one(rotation.getSealedKeys(0))).build());
    call.cancel("gone", null);
    assertThat(heard.next()).isInstanceOf(Throwable.class);
    assertThat(view(group.id())).isEqualTo(before);
    group.commit(ada, rotation);
  }

  @Test
  void whatIsMissingAtTheEndIsRefusedAsInOneMessage() {
    TestGroup group = TestGroup.created(ada, bo);
    CommitRequest rotation = group.rotation(ada);
    CommitRequest lacking = rotation.toBuilder().removeSealedKeys(1).build();
    assertThat(ConformanceInterceptor.info((Throwable) commit(lacking)).getReason())
        .isEqualTo("SEALED_KEYS_MISMATCH");
  }

  /** Sends it part by part as ada, and answers the first that is heard. */
  private static Object commit(CommitRequest whole) {
    var heard = new Heard<CommitPart, CommitResponse>(true);
    var call = ada.groupsAsync().commitStream(heard);
    call.onNext(
        CommitPart.newBuilder().setCommit(whole.toBuilder().clearSealedKeys()).build());
    for (int key = 0; key < whole.getSealedKeysCount(); key++) {
      call.onNext(
          CommitPart.newBuilder().setSealedKeys(one(whole.getSealedKeys(key))).build());
    }
    call.onCompleted();
    return heard.next();
  }

  private static SealedKeyPart one(SealedKey key) {
    return SealedKeyPart.newBuilder().addSealedKeys(key).build();
  }

  /** Once the entry that says so is written nothing moves by itself. */
  private static GetGroupResponse delivered(GroupId group) {
    GetGroupResponse view = view(group);
    while (view.getHead().getSize() < 5) {
      view = view(group);
    }
    return view;
  }

  private static GetGroupResponse view(GroupId group) {
    return ada.groups()
        .getGroup(GetGroupRequest.newBuilder().setGroupId(group.value()).build());
  }
}
