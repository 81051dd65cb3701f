package io.karst.journal.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.device.MemberEvent;
import io.karst.domain.group.GroupEvent;
import io.karst.journal.log.StoredRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads and writes what version 1 stored. The files are never edited: a version that stores
 * something else brings files of its own, and these stay readable.
 */
class GoldenFilesTest {

  private final GroupRecordCodec groupCodec = new GroupRecordCodec(Samples.GROUP);
  private final MemberRecordCodec memberCodec = new MemberRecordCodec(Samples.ADA);

  static Stream<Arguments> groupRecords() {
    return Samples.groupRecords().stream().map(r -> Arguments.of(name(r.event().getClass()), r));
  }

  static Stream<Arguments> memberEvents() {
    return Samples.memberEvents().stream().map(e -> Arguments.of(name(e.getClass()), e));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("groupRecords")
  void aGroupsRecordIsReadAndWrittenAsInVersion1(String name, StoredRecord record)
      throws IOException {
    byte[] golden = golden("group/" + name);
    assertThat(groupCodec.decode(golden)).isEqualTo(record);
    assertThat(groupCodec.encode(record)).isEqualTo(golden);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("memberEvents")
  void aMembersRecordIsReadAndWrittenAsInVersion1(String name, MemberEvent event)
      throws IOException {
    byte[] golden = golden("member/" + name);
    assertThat(memberCodec.decode(golden)).isEqualTo(event);
    assertThat(memberCodec.encode(event)).isEqualTo(golden);
  }

  @Test
  void snapshotsAreReadAndWrittenAsInVersion1() throws IOException {
    byte[] group = golden("group-snapshot");
    assertThat(GroupSnapshotCodec.decode(group)).isEqualTo(Samples.groupLog());
    assertThat(GroupSnapshotCodec.encode(Samples.groupLog())).isEqualTo(group);
    byte[] member = golden("member-snapshot");
    assertThat(MemberSnapshotCodec.decode(member)).isEqualTo(Samples.member());
    assertThat(MemberSnapshotCodec.encode(Samples.member())).isEqualTo(member);
  }

  @Test
  void limitsOfEpochsAreReadAndWrittenAsWhenTheyCame() throws IOException {
    byte[] created = golden("group/group-created-limited");
    assertThat(groupCodec.decode(created)).isEqualTo(Samples.limitedGroup());
    assertThat(groupCodec.encode(Samples.limitedGroup())).isEqualTo(created);
    byte[] group = golden("group-snapshot-limited");
    assertThat(GroupSnapshotCodec.decode(group)).isEqualTo(Samples.limitedLog());
    assertThat(GroupSnapshotCodec.encode(Samples.limitedLog())).isEqualTo(group);
  }

  @Test
  void anEpochWhoseKeysWereStagedIsReadAndWrittenAsWhenItCame() throws IOException {
    byte[] started = golden("group/epoch-started-staged");
    assertThat(groupCodec.decode(started)).isEqualTo(Samples.stagedStart());
    assertThat(groupCodec.encode(Samples.stagedStart())).isEqualTo(started);
  }

  @Test
  void changesOfDevicesAreReadAndWrittenAsWhenTheyCame() throws IOException {
    byte[] group = golden("group-snapshot-revoked");
    assertThat(GroupSnapshotCodec.decode(group)).isEqualTo(Samples.revokedLog());
    assertThat(GroupSnapshotCodec.encode(Samples.revokedLog())).isEqualTo(group);
    byte[] member = golden("member-snapshot-linked");
    assertThat(MemberSnapshotCodec.decode(member)).isEqualTo(Samples.linkedMember());
    assertThat(MemberSnapshotCodec.encode(Samples.linkedMember())).isEqualTo(member);
  }

  @Test
  void faultsOfEpochsAreReadAndWrittenAsWhenTheyCame() throws IOException {
    byte[] group = golden("group-snapshot-faults");
    assertThat(GroupSnapshotCodec.decode(group)).isEqualTo(Samples.faultyLog());
    assertThat(GroupSnapshotCodec.encode(Samples.faultyLog())).isEqualTo(group);
  }

  @Test
  void historyIsReadAndWrittenAsWhenItCame() throws IOException {
    byte[] created = golden("group/group-created-forgetting");
    assertThat(groupCodec.decode(created)).isEqualTo(Samples.forgettingGroup());
    assertThat(groupCodec.encode(Samples.forgettingGroup())).isEqualTo(created);
    byte[] changed = golden("group/policy-changed-history");
    assertThat(groupCodec.decode(changed)).isEqualTo(Samples.sharingPolicy());
    assertThat(groupCodec.encode(Samples.sharingPolicy())).isEqualTo(changed);
    byte[] group = golden("group-snapshot-sharing");
    assertThat(GroupSnapshotCodec.decode(group)).isEqualTo(Samples.sharedLog());
    assertThat(GroupSnapshotCodec.encode(Samples.sharedLog())).isEqualTo(group);
    byte[] member = golden("member-snapshot-shared");
    assertThat(MemberSnapshotCodec.decode(member)).isEqualTo(Samples.sharingMember());
    assertThat(MemberSnapshotCodec.encode(Samples.sharingMember())).isEqualTo(member);
  }

  @Test
  void fallbackKeysOfThePastAreReadAndWrittenAsWhenTheyCame() throws IOException {
    byte[] member = golden("member-snapshot-fallbacks");
    assertThat(MemberSnapshotCodec.decode(member)).isEqualTo(Samples.renewedMember());
    assertThat(MemberSnapshotCodec.encode(Samples.renewedMember())).isEqualTo(member);
  }

  @Test
  void theLogOfAMembersOwnDevicesIsReadAndWrittenAsWhenItCame() throws IOException {
    byte[] log = golden("group-snapshot-owner");
    assertThat(GroupSnapshotCodec.decode(log)).isEqualTo(Samples.ownerLog());
    assertThat(GroupSnapshotCodec.encode(Samples.ownerLog())).isEqualTo(log);
  }

  @Test
  void frontiersAreReadAndWrittenAsWhenTheyCame() throws IOException {
    byte[] record = golden("group/group-archived-frontier");
    assertThat(groupCodec.decode(record)).isEqualTo(Samples.waymark());
    assertThat(groupCodec.encode(Samples.waymark())).isEqualTo(record);
  }

  @Test
  void noKindOfEventLacksAGoldenFile() {
    assertThat(groupRecords().map(arguments -> arguments.get()[0]))
        .containsExactlyInAnyOrderElementsOf(kinds(GroupEvent.class));
    assertThat(memberEvents().map(arguments -> arguments.get()[0]))
        .containsExactlyInAnyOrderElementsOf(kinds(MemberEvent.class));
  }

  private static List<Object> kinds(Class<?> sealedType) {
    return Arrays.stream(sealedType.getPermittedSubclasses())
        .<Object>map(GoldenFilesTest::name)
        .toList();
  }

  private static String name(Class<?> event) {
    return event.getSimpleName().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static byte[] golden(String name) throws IOException {
    String file = "golden/v1/" + name + ".hex";
    try (InputStream in =
        Objects.requireNonNull(GoldenFilesTest.class.getResourceAsStream(file), file)) {
      String hex = new String(in.readAllBytes(), US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }
}
