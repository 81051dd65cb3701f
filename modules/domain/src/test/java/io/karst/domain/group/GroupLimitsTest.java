package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.id.GroupId;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Directory;
import io.karst.domain.walk.Fake;
import io.karst.domain.walk.Proposals;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One below, at, and one above each limit. */
class GroupLimitsTest {

  private static final GroupId ID = Fake.groupId("limits");

  @ParameterizedTest(name = "a creator and {0} others: {1}")
  @CsvSource({"998, ", "999, ", "1000, GROUP_FULL"})
  void createsGroupsOfUpToAThousandMembers(int others, Reason expected) {
    var directory = directory(1000, "phone");
    var command =
        Proposals.of(directory).create(ID, ALICE, Policy.DEFAULT, members(others, directory));

    assertThat(refusal(Group.empty(ID), command)).isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest(name = "{0} others of 3 devices, and a creator of 1: {1}")
  @CsvSource({"332, ", "333, ", "334, GROUP_FULL"})
  void createsGroupsOfUpToAThousandDevices(int others, Reason expected) {
    var directory = directory(334, "laptop", "phone", "tablet");
    var command =
        Proposals.of(directory).create(ID, ALICE, Policy.DEFAULT, members(others, directory));

    assertThat(refusal(Group.empty(ID), command)).isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest(name = "{0} members and {1} more: {2}")
  @CsvSource({"998, 1, ", "998, 2, ", "998, 3, GROUP_FULL", "999, 1, ", "999, 2, GROUP_FULL"})
  void growsToAThousandMembersAtMost(int size, int more, Reason expected) {
    var directory = directory(1010, "phone");
    var proposals = Proposals.of(directory);
    var creation = proposals.create(ID, ALICE, Policy.DEFAULT, members(size - 1, directory));
    Group empty = Group.empty(ID);
    Group group = apply(empty, GroupRules.decide(empty, creation, Scene.START));
    List<Change> additions = IntStream.range(size, size + more)
        .<Change>mapToObj(i -> new Change.Add(new MemberId("m" + i), Role.MEMBER))
        .toList();

    assertThat(refusal(group, proposals.commit(group, ALICE, additions)))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void stateTakesAThousandMembersAndNoMore() {
    Group empty = Group.empty(ID);
    Map<MemberId, Role> thousand = new HashMap<>();
    IntStream.range(0, 1000).forEach(i -> thousand.put(new MemberId("m" + i), Role.MEMBER));
    assertThat(empty.with(thousand).members()).hasSize(Group.MEMBERS_MAX);
    thousand.put(new MemberId("more"), Role.MEMBER);

    assertThatIllegalArgumentException().isThrownBy(() -> empty.with(thousand));
  }

  @Test
  void replayRefusesOneMemberTooMany() {
    var directory = directory(999, "phone");
    var proposals = Proposals.of(directory);
    var creation = proposals.create(ID, ALICE, Policy.DEFAULT, members(999, directory));
    Group full = apply(Group.empty(ID), GroupRules.decide(Group.empty(ID), creation, Scene.START))
        .evolve(new GroupEvent.EpochEnded(ALICE, 1, Scene.START, Scene.START));
    var added = new GroupEvent.MemberAdded(ALICE, BOB.member(), Role.MEMBER, Scene.START);

    assertThatThrownBy(() -> full.evolve(added)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest(name = "{0} ms")
  @ValueSource(longs = {0, 1, 599_999, 600_000})
  void takesAGraceOfUpToTenMinutes(long millis) {
    assertThat(new Policy(Duration.ofMillis(millis)).grace()).hasMillis(millis);
  }

  @ParameterizedTest(name = "{0} ms")
  @ValueSource(longs = {60_000, 60_001, 31_622_400_000L})
  void takesAnAgeOfAMinuteToAYear(long millis) {
    assertThat(new Policy(Duration.ZERO, Duration.ofMillis(millis), 1).ageMax()).hasMillis(millis);
  }

  @ParameterizedTest(name = "{0} ns")
  @ValueSource(longs = {59_999_000_000L, 60_000_000_001L, 31_622_400_001_000_000L, -1})
  void refusesAnAgeOutOfBoundsOrFinerThanMilliseconds(long nanos) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy(Duration.ZERO, Duration.ofNanos(nanos), 1));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {-1, 0, 1_000_001})
  void refusesANumberOfMessagesOutOfBounds(int messages) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy(Duration.ZERO, Policy.AGE_MIN, messages));
  }

  @Test
  void refusesAGraceOutOfBoundsOrFinerThanMilliseconds() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Policy(Duration.ofMillis(600_001)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Policy(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Policy(Duration.ofNanos(1)));
  }

  @Test
  void takesOneToSixtyFourEnvelopesASubmission() {
    assertThat(submission(1).envelopes()).hasSize(1);
    assertThat(submission(63).envelopes()).hasSize(63);
    assertThat(submission(64).envelopes()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> submission(65));
    assertThatIllegalArgumentException().isThrownBy(() -> submission(0));
  }

  @Test
  void takesOneBindingASubmission() {
    var two = List.of(Fake.binding(ALICE, 1), Fake.binding(ALICE, 2));
    var envelopes = List.of(Scene.envelope(ALICE, 1, 0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupCommand.Submission(ALICE, two, envelopes));
  }

  @Test
  void takesEnvelopesWithinTheirBounds() {
    assertThatCode(() -> envelope(1, 32, 0, 1)).doesNotThrowAnyException();
    assertThatCode(() -> envelope(1, 32, 0xFFFF_FFFFL, 65_536)).doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> envelope(0, 32, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope(1, 31, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope(1, 32, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope(1, 32, 1L << 32, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope(1, 32, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope(1, 32, 0, 65_537));
  }

  @Test
  void writesNoEventWithoutEnvelopes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupEvent.EnvelopesAppended(List.of(), Scene.START));
  }

  private static Envelope envelope(long epoch, int sessionLength, long index, int length) {
    return new Envelope(
        epoch,
        ALICE,
        Fake.bytes("session", sessionLength),
        index,
        Fake.clientId(1),
        Bytes.copyOf(new byte[length]));
  }

  private static GroupCommand.Submission submission(int envelopes) {
    return new GroupCommand.Submission(
        ALICE,
        List.of(),
        IntStream.range(0, envelopes).mapToObj(i -> Scene.envelope(ALICE, 1, i)).toList());
  }

  /** Alice with one phone, and m0, m1, … with these devices. */
  private static Directory directory(int others, String... devices) {
    var directory = new Directory().register("alice", "phone");
    IntStream.range(0, others).forEach(i -> directory.register("m" + i, devices));
    return directory;
  }

  private static Map<MemberId, Role> members(int count, Directory directory) {
    var members = new HashMap<MemberId, Role>();
    for (int i = 0; i < count; i++) {
      MemberId member = directory.list(new MemberId("m" + i)).member();
      members.put(member, Role.MEMBER);
    }
    return members;
  }

  private static Optional<Reason> refusal(Group group, GroupCommand command) {
    return GroupRules.decide(group, command, Scene.START) instanceof Decision.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  private static Group apply(Group group, Decision decision) {
    Group after = group;
    for (GroupEvent event : decision.events()) {
      after = after.evolve(event);
    }
    return after;
  }
}
