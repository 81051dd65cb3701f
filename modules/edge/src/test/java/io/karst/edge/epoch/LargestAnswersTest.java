package io.karst.edge.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.Policy;
import io.karst.domain.group.Role;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.edge.call.MessageLimits;
import io.karst.edge.message.DeviceMapping;
import io.karst.edge.message.EpochMapping;
import io.karst.edge.message.GroupMapping;
import io.karst.edge.scene.LargestGroup;
import io.karst.edge.status.Statuses;
import io.karst.proof.merkle.Head;
import io.karst.wire.v1.AppendOutcome;
import io.karst.wire.v1.AppendResponse;
import io.karst.wire.v1.AppendStreamResponse;
import io.karst.wire.v1.Change;
import io.karst.wire.v1.ClaimKeysResponse;
import io.karst.wire.v1.ClaimedKey;
import io.karst.wire.v1.CommitRequest;
import io.karst.wire.v1.EpochRecord;
import io.karst.wire.v1.GetGroupResponse;
import io.karst.wire.v1.GroupMember;
import io.karst.wire.v1.SignedKey;
import io.karst.wire.v1.SubscribeResponse;
import io.karst.wire.v1.SubscriptionStarted;
import io.karst.wire.v1.SyncResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a group of 1,000 devices with the longest names can make of a message. */
class LargestAnswersTest {

  private static final long EPOCH = 1L << 60;
  private static final DeviceAddress READER = LargestGroup.DEVICES.get(0);
  private static final Head HEAD = new Head(1L << 60, LargestGroup.bytes(32));

  @Test
  void aSubscriptionBeginsInOneMessageWithTwoEpochsAndAllTheirSessions() {
    assertFits(SubscribeResponse.newBuilder()
        .setStarted(SubscriptionStarted.newBuilder()
            .setGroupId(LargestGroup.ID.value())
            .setNextOffset(HEAD.size())
            .addEpochs(record(EPOCH - 1))
            .addEpochs(record(EPOCH)))
        .build());
  }

  @Test
  void aGroupIsToldInOneMessage() {
    var answer = GetGroupResponse.newBuilder()
        .setGroupId(LargestGroup.ID.value())
        .setPolicy(GroupMapping.policy(Policy.DEFAULT))
        .setEpoch(record(EPOCH))
        .setHead(GroupMapping.head(HEAD));
    LargestGroup.DEVICES.forEach(device -> answer.addMembers(member(device)));
    assertFits(answer.build());
  }

  @Test
  void aFrameIsAnsweredInOneMessageWithTheCurrentEpoch() {
    var refused = AppendOutcome.newBuilder()
        .setRefusal(Statuses.inBand(Reason.SESSION_SIGNATURE_INVALID))
        .build();
    assertFits(AppendStreamResponse.newBuilder()
        .setFrameId(-1)
        .setAppend(AppendResponse.newBuilder()
            .addAllOutcomes(Collections.nCopies(Submission.ENVELOPES_MAX, refused))
            .setHead(GroupMapping.head(HEAD))
            .setCurrentEpoch(record(EPOCH)))
        .build());
  }

  @Test
  void aKeyOfEachDeviceIsHandedOutInOneMessage() {
    var key = SignedKey.newBuilder()
        .setKeyId(-1)
        .setCurve25519Key(ByteString.copyFrom(new byte[32]))
        .setFallback(true)
        .setSignature(ByteString.copyFrom(new byte[64]));
    var answer = ClaimKeysResponse.newBuilder();
    LargestGroup.DEVICES.forEach(device -> answer.addKeys(
        ClaimedKey.newBuilder().setDevice(DeviceMapping.address(device)).setKey(key)));
    assertFits(answer.build());
  }

  @Test
  void aCommitThatReplacesAsManyAsThereAreIsARequestOfAllowedSize() {
    var request = CommitRequest.newBuilder()
        .setGroupId(LargestGroup.ID.value())
        .setExpectedEpoch(EPOCH)
        .setManifest(EpochMapping.manifest(LargestGroup.manifest(EPOCH)));
    LargestGroup.sealedKeys().forEach(key -> request.addSealedKeys(EpochMapping.sealedKey(key)));
    LargestGroup.DEVICES.forEach(
        device -> request.addChanges(Change.newBuilder().setAdd(member(device))));
    assertThat(request.build().getSerializedSize())
        .isLessThanOrEqualTo(MessageLimits.REQUEST_BYTES_MAX);
  }

  @Test
  void epochsArePagedSoThatAnAnswerFits() {
    var pages = new EpochPages((group, from, to) -> CompletableFuture.completedFuture(
        LongStream.rangeClosed(from, to).mapToObj(LargestAnswersTest::start).toList()));
    long first = EPOCH - 4;
    for (long next = first; next <= EPOCH; ) {
      EpochPages.Page<EpochRecord> page = pages
          .read(LargestGroup.ID, next, EPOCH, start -> Optional.of(told(start)))
          .toCompletableFuture()
          .join();
      assertThat(page.items()).hasSizeBetween(1, 2);
      assertThat(page.last()).isEqualTo(next + page.items().size() - 1);
      assertFits(SyncResponse.newBuilder()
          .addAllEpochs(page.items())
          .setCurrentEpoch(EPOCH)
          .build());
      next = page.last() + 1;
    }
  }

  private static void assertFits(Message answer) {
    assertThat(answer.getSerializedSize())
        .as("bytes of %s", answer.getDescriptorForType().getName())
        .isGreaterThan(200_000)
        .isLessThanOrEqualTo(MessageLimits.ANSWER_BYTES_MAX);
  }

  private static GroupMember member(DeviceAddress device) {
    return GroupMapping.member(device.member(), Role.OWNER);
  }

  private static EpochRecord record(long epoch) {
    return told(start(epoch));
  }

  private static EpochRecord told(EpochStart start) {
    List<SessionBinding> sessions = LargestGroup.sessions(start.number());
    EpochRecord record = start.record(READER, sessions);
    assertThat(record.getOpenSessionsCount()).isEqualTo(sessions.size());
    return record;
  }

  private static EpochStart start(long epoch) {
    return EpochStart.of(LargestGroup.started(epoch));
  }
}
