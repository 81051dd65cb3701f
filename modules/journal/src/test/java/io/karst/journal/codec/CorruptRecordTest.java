package io.karst.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.karst.domain.group.GroupEvent;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.journal.log.StoredRecord;
import io.karst.journal.v1.GroupRecord;
import io.karst.journal.v1.MemberRecord;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorruptRecordTest {

  private static final ByteString SHORT = ByteString.copyFrom(new byte[3]);

  private final GroupRecordCodec codec = new GroupRecordCodec(Samples.GROUP);

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("at_millis", GroupEvent.GroupArchived.class, r -> r.setAtMillis(-1)),
        damage("record", GroupEvent.GroupArchived.class, r -> r.setFirstOffset(-1)),
        damage("record", GroupEvent.GroupArchived.class, r -> r.setRoot(SHORT)),
        damage("event", GroupEvent.GroupArchived.class, GroupRecord.Builder::clearEvent),
        damage(
            "group_archived.by",
            GroupEvent.GroupArchived.class,
            r -> r.getGroupArchivedBuilder().clearBy()),
        damage(
            "group_created.group_id",
            GroupEvent.GroupCreated.class,
            r -> r.getGroupCreatedBuilder().setGroupId("ff".repeat(16))),
        damage(
            "group_created.policy",
            GroupEvent.GroupCreated.class,
            r -> r.getGroupCreatedBuilder().setGraceMillis(Long.MAX_VALUE)),
        damage(
            "member_added.role",
            GroupEvent.MemberAdded.class,
            r -> r.getMemberAddedBuilder().setRole(4)),
        damage(
            "member_removed.member_id",
            GroupEvent.MemberRemoved.class,
            r -> r.getMemberRemovedBuilder().setMemberId("b o")),
        damage(
            "rotation_due.reason",
            GroupEvent.RotationDue.class,
            r -> r.getRotationDueBuilder().setReason(0)),
        damage(
            "epoch_ended.grace_until_millis",
            GroupEvent.EpochEnded.class,
            r -> r.getEpochEndedBuilder().setGraceUntilMillis(-5)),
        damage(
            "epoch_started.manifest.committer",
            GroupEvent.EpochStarted.class,
            r -> r.getEpochStartedBuilder().getManifestBuilder().clearCommitter()),
        damage(
            "epoch_started.manifest.roster[1]",
            GroupEvent.EpochStarted.class,
            r -> r.getEpochStartedBuilder()
                .getManifestBuilder()
                .getRosterBuilder(1)
                .setEd25519Key(SHORT)),
        damage(
            "epoch_started.manifest",
            GroupEvent.EpochStarted.class,
            r -> r.getEpochStartedBuilder().getManifestBuilder().setPreviousHash(SHORT)),
        damage(
            "epoch_started.signature",
            GroupEvent.EpochStarted.class,
            r -> r.getEpochStartedBuilder().setSignature(SHORT)),
        damage(
            "epoch_started.sealed_keys",
            GroupEvent.EpochStarted.class,
            r -> r.getEpochStartedBuilder().removeSealedKeys(0)),
        damage(
            "epoch_started.sealed_keys[1]",
            GroupEvent.EpochStarted.class,
            r -> r.getEpochStartedBuilder().getSealedKeysBuilder(1).setOlmType(2)),
        damage(
            "session_opened",
            GroupEvent.SessionOpened.class,
            r -> r.getSessionOpenedBuilder().setSessionKey(SHORT)),
        damage(
            "envelopes_appended.envelopes[2].session",
            GroupEvent.EnvelopesAppended.class,
            r -> r.getEnvelopesAppendedBuilder().getEnvelopesBuilder(2).setSession(9)),
        damage(
            "envelopes_appended.envelopes[0]",
            GroupEvent.EnvelopesAppended.class,
            r -> r.getEnvelopesAppendedBuilder().getEnvelopesBuilder(0).setMessageIndex(1L << 32)),
        damage(
            "envelopes_appended.sessions[1].sender",
            GroupEvent.EnvelopesAppended.class,
            r -> r.getEnvelopesAppendedBuilder().getSessionsBuilder(1).clearSender()),
        damage(
            "envelopes_appended",
            GroupEvent.EnvelopesAppended.class,
            r -> r.getEnvelopesAppendedBuilder().clearEnvelopes()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void whatNobodyCanHaveWrittenIsNamedByItsField(
      String field, Class<GroupEvent> event, Consumer<GroupRecord.Builder> damage)
      throws InvalidProtocolBufferException {
    GroupRecord.Builder record = GroupRecord.parseFrom(codec.encode(sample(event))).toBuilder();
    damage.accept(record);
    CorruptRecord corrupt = corruption(record.build().toByteArray());
    assertThat(corrupt.field()).isEqualTo(field);
    assertThat(corrupt).hasMessageContainingAll(field, corrupt.problem());
  }

  @Test
  void bytesThatAreNoRecordAreCorrupt() {
    assertThat(corruption(new byte[] {1, 2, 3}).field()).isEqualTo("record");
    assertThat(corruption(new byte[0]).field()).isEqualTo("event");
  }

  @Test
  void aFieldOfALaterVersionIsIgnored() throws InvalidProtocolBufferException {
    StoredRecord sample = sample(GroupEvent.GroupArchived.class);
    var later = UnknownFieldSet.Field.newBuilder().addVarint(7).build();
    GroupRecord record = GroupRecord.parseFrom(codec.encode(sample)).toBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(999, later).build())
        .build();
    assertThat(codec.decode(record.toByteArray())).isEqualTo(sample);
  }

  @Test
  void anEventOfALaterVersionIsCorrupt() throws InvalidProtocolBufferException {
    var later =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.EMPTY).build();
    GroupRecord record =
        GroupRecord.parseFrom(codec.encode(sample(GroupEvent.GroupArchived.class))).toBuilder()
            .clearEvent()
            .setUnknownFields(
                UnknownFieldSet.newBuilder().addField(1_000, later).build())
            .build();
    assertThat(corruption(record.toByteArray()).field()).isEqualTo("event");
  }

  @Test
  void anotherGroupsOrMembersRecordIsCorrupt() {
    byte[] created = codec.encode(sample(GroupEvent.GroupCreated.class));
    var otherGroup = new GroupRecordCodec(new GroupId("ff".repeat(16)));
    assertThatThrownBy(() -> otherGroup.decode(created)).isInstanceOf(CorruptRecord.class);
    byte[] registered =
        new MemberRecordCodec(Samples.ADA).encode(Samples.memberEvents().get(0));
    var otherMember = new MemberRecordCodec(new MemberId("bo"));
    assertThatThrownBy(() -> otherMember.decode(registered))
        .isInstanceOf(CorruptRecord.class)
        .hasMessageContaining("member_registered.device_list.member_id");
  }

  @Test
  void aMembersRecordWithoutAnEventIsCorrupt() {
    byte[] empty = MemberRecord.newBuilder().setAtMillis(1).build().toByteArray();
    assertThatThrownBy(() -> new MemberRecordCodec(Samples.ADA).decode(empty))
        .isInstanceOf(CorruptRecord.class);
  }

  /** Damage that gives another sound value is found by the Merkle root, not here. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void damagedBytesAreReadOrCorruptAndNothingElse(long seed) {
    var random = new Random(seed);
    for (StoredRecord record : Samples.groupRecords()) {
      byte[] good = codec.encode(record);
      for (int i = 0; i < 500; i++) {
        byte[] bad = Arrays.copyOf(good, random.nextInt(good.length) + 1);
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          assertThat(codec.decode(bad)).isNotNull();
        } catch (CorruptRecord expected) {
          assertThat(expected.field()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void aTimeThatWouldNotComeBackIsNotWritten() {
    StoredRecord sample = sample(GroupEvent.GroupArchived.class);
    var event = new GroupEvent.GroupArchived(Samples.LAPTOP, Samples.AT.plusNanos(1));
    var record =
        new StoredRecord(sample.firstOffset(), event.at(), sample.epoch(), sample.root(), event);
    assertThatThrownBy(() -> codec.encode(record)).isInstanceOf(IllegalArgumentException.class);
  }

  private CorruptRecord corruption(byte[] bytes) {
    return catchThrowableOfType(CorruptRecord.class, () -> codec.decode(bytes));
  }

  private static StoredRecord sample(Class<? extends GroupEvent> event) {
    return Samples.groupRecords().stream()
        .filter(record -> event.isInstance(record.event()))
        .findFirst()
        .orElseThrow();
  }

  private static Arguments damage(
      String field, Class<? extends GroupEvent> event, Consumer<GroupRecord.Builder> damage) {
    return Arguments.of(field, event, damage);
  }
}
