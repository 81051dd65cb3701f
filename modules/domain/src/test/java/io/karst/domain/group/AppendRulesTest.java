package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static io.karst.domain.group.Scene.DAVE;
import static io.karst.domain.group.Scene.GRACE;
import static io.karst.domain.group.Scene.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.group.Decision.Outcome;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The group stands at offset 5 (created, three members, epoch 1) when a test begins. */
class AppendRulesTest {

  private static final long OFFSET = 5;
  private static final Bytes OTHER_SESSION = Fake.bytes("another session", 32);

  private final Scene scene = Scene.created();

  @Test
  void opensTheSessionBeforeItsFirstEnvelope() {
    var binding = Fake.binding(ALICE, 1);
    var first = envelope(ALICE, 1, 0);
    var second = envelope(ALICE, 1, 1);
    var judged = append(submission(ALICE, binding, first, second));

    assertThat(judged.events())
        .containsExactly(
            new GroupEvent.SessionOpened(binding, scene.now),
            new GroupEvent.EnvelopesAppended(List.of(first, second), scene.now));
    assertThat(judged.outcomes()).containsExactly(List.of(taken(OFFSET + 1), taken(OFFSET + 2)));
  }

  @Test
  void writesEnvelopesOfManyDevicesAsOneEventBehindAllTheirSessions() {
    var judged = append(
        submission(ALICE, Fake.binding(ALICE, 1), envelope(ALICE, 1, 0)),
        submission(BOB, Fake.binding(BOB, 1), envelope(BOB, 1, 7), envelope(BOB, 1, 3)));

    assertThat(judged.events()).hasSize(3);
    assertThat(judged.outcomes())
        .containsExactly(List.of(taken(OFFSET + 2)), List.of(taken(OFFSET + 3), taken(OFFSET + 4)));
  }

  @Test
  void agreesWithTheStateAboutEveryOffset() {
    scene.appends(ALICE, List.of(Fake.binding(ALICE, 1)), envelope(ALICE, 1, 0));
    var envelopes = scene.group.senders().of(ALICE).orElseThrow().recent().asList();

    assertThat(envelopes).extracting(e -> e.offset()).containsExactly(OFFSET + 1);
    assertThat(scene.group.size()).isEqualTo(OFFSET + 2);
  }

  static Stream<Arguments> refusals() {
    var own = List.of(Fake.binding(CAROL, 1));
    var none = List.<SessionBinding>of();
    var other = List.of(binding(CAROL, 1, OTHER_SESSION));
    return Stream.of(
        row("no session", CAROL, none, envelope(CAROL, 1, 0), Reason.SESSION_UNKNOWN),
        row("an epoch to come", CAROL, own, envelope(CAROL, 2, 0), Reason.STALE_EPOCH),
        row("a stranger", DAVE, none, envelope(DAVE, 1, 0), Reason.GROUP_NOT_FOUND),
        row(
            "a stranger with a session",
            DAVE,
            List.of(Fake.binding(DAVE, 1)),
            envelope(DAVE, 1, 0),
            Reason.GROUP_NOT_FOUND),
        row("somebody else's name", CAROL, own, envelope(BOB, 1, 0), Reason.SENDER_FORGED),
        row(
            "somebody else's session",
            CAROL,
            List.of(Fake.binding(BOB, 1)),
            envelope(CAROL, 1, 0),
            Reason.SENDER_FORGED),
        row(
            "a device that the roster does not name",
            DeviceAddress.of("carol", "tablet"),
            none,
            envelope(DeviceAddress.of("carol", "tablet"), 1, 0),
            Reason.DEVICE_NOT_IN_ROSTER),
        row(
            "a session of an epoch to come",
            CAROL,
            List.of(Fake.binding(CAROL, 2)),
            envelope(CAROL, 1, 0),
            Reason.STALE_EPOCH),
        row(
            "an envelope of another session",
            CAROL,
            other,
            envelope(CAROL, 1, 0),
            Reason.SESSION_CONFLICT),
        row(
            "a second session",
            ALICE,
            List.of(binding(ALICE, 1, OTHER_SESSION)),
            envelope(ALICE, 1, 101),
            Reason.SESSION_CONFLICT),
        row("an index again", ALICE, none, again(100), Reason.INDEX_DUPLICATE),
        row("an index below the window", ALICE, none, again(36), Reason.INDEX_TOO_OLD),
        row(
            "another message under a client id",
            ALICE,
            none,
            envelope(ALICE, 1, 101, Fake.clientId(1L << 32 | 100)),
            Reason.CLIENT_ID_CONFLICT));
  }

  /** Alice has opened her session and used index 100. */
  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("refusals")
  void refuses(
      String what,
      DeviceAddress by,
      List<SessionBinding> bindings,
      Envelope envelope,
      Reason reason) {
    scene.sends(ALICE, 100);

    assertThat(scene.appends(by, bindings, envelope)).as(what).containsExactly(refused(reason));
  }

  @Test
  void acceptsTheOldestIndexOfTheWindow() {
    scene.sends(ALICE, 100);

    assertThat(scene.appends(ALICE, List.of(), envelope(ALICE, 1, 37)))
        .containsExactly(taken(OFFSET + 2));
  }

  @Test
  void answersARetryWithTheFirstReceipt() {
    scene.sends(ALICE, 0);
    Outcome first = taken(OFFSET + 1);
    scene.later(Duration.ofSeconds(9));

    assertThat(scene.appends(ALICE, List.of(Fake.binding(ALICE, 1)), envelope(ALICE, 1, 0)))
        .containsExactly(first);
    assertThat(scene.group.size()).isEqualTo(OFFSET + 2);
  }

  @Test
  void answersARetryWithinOneCommandWithTheSameReceipt() {
    var submission = submission(ALICE, Fake.binding(ALICE, 1), envelope(ALICE, 1, 0));
    var judged = append(submission, submission);

    assertThat(judged.outcomes())
        .containsExactly(List.of(taken(OFFSET + 1)), List.of(taken(OFFSET + 1)));
    assertThat(judged.events()).hasSize(2);
  }

  @Test
  void answersARetryEvenWhenItsEpochIsOver() {
    scene.sends(ALICE, 0);
    Outcome first = taken(OFFSET + 1);
    scene.accepts(scene.commit(BOB)).later(GRACE).accepts(scene.commit(BOB));

    assertThat(scene.appends(
            ALICE, List.of(Fake.binding(ALICE, 1)), envelope(ALICE, 1, 0), envelope(ALICE, 1, 1)))
        .containsExactly(first, refused(Reason.STALE_EPOCH));
  }

  @Test
  void judgesEachEnvelopeOnItsOwn() {
    assertThat(scene.appends(
            ALICE,
            List.of(Fake.binding(ALICE, 1)),
            envelope(ALICE, 1, 0),
            envelope(ALICE, 2, 0),
            envelope(ALICE, 1, 1)))
        .containsExactly(taken(OFFSET + 1), refused(Reason.STALE_EPOCH), taken(OFFSET + 2));
  }

  @Test
  void judgesEachSubmissionAgainstTheOnesBeforeIt() {
    var judged = append(
        submission(ALICE, List.of(), envelope(ALICE, 1, 0)),
        submission(ALICE, Fake.binding(ALICE, 1), envelope(ALICE, 1, 1)),
        submission(ALICE, List.of(), envelope(ALICE, 1, 1, Fake.clientId(9))));

    assertThat(judged.outcomes())
        .containsExactly(
            List.of(refused(Reason.SESSION_UNKNOWN)),
            List.of(taken(OFFSET + 1)),
            List.of(refused(Reason.INDEX_DUPLICATE)));
  }

  @Test
  void acceptsThePreviousEpochUntilGraceIsOver() {
    scene.sends(ALICE, 0).accepts(scene.commit(BOB));
    long offset = scene.group.size();

    scene.later(GRACE.minusMillis(1));
    assertThat(scene.appends(ALICE, List.of(), envelope(ALICE, 1, 1)))
        .containsExactly(taken(offset));
    scene.later(Duration.ofMillis(1));
    assertThat(scene.appends(ALICE, List.of(), envelope(ALICE, 1, 2)))
        .containsExactly(refused(Reason.STALE_EPOCH));
  }

  @Test
  void opensASessionOfThePreviousEpochWithinGraceOnly() {
    scene.accepts(scene.commit(BOB)).later(GRACE.minusMillis(1));
    scene.appends(ALICE, List.of(Fake.binding(ALICE, 1)), envelope(ALICE, 1, 0));
    assertThat(scene.group.openSessions()).containsExactly(Fake.binding(ALICE, 1));

    scene.later(Duration.ofMillis(1));
    assertThat(scene.appends(BOB, List.of(Fake.binding(BOB, 1)), envelope(BOB, 1, 0)))
        .containsExactly(refused(Reason.STALE_EPOCH));
  }

  @Test
  void refusesAnEpochTwoBackWhateverItsGrace() {
    scene.sends(ALICE, 0).accepts(scene.commit(BOB)).accepts(scene.commit(BOB));

    assertThat(scene.appends(ALICE, List.of(), envelope(ALICE, 1, 1)))
        .containsExactly(refused(Reason.STALE_EPOCH));
  }

  @Test
  void keepsANewcomerOutOfTheEpochBeforeIt() {
    scene.accepts(scene.commit(ALICE, new Change.Add(DAVE.member(), Role.MEMBER)));

    assertThat(scene.appends(DAVE, List.of(Fake.binding(DAVE, 1)), envelope(DAVE, 1, 0)))
        .containsExactly(refused(Reason.DEVICE_NOT_IN_ROSTER));
  }

  @Test
  void takesNothingFromAMemberThatWasRemovedNotEvenInGrace() {
    scene.sends(CAROL, 0);
    scene.accepts(scene.commit(ALICE, new Change.Remove(CAROL.member())));

    assertThat(scene.appends(CAROL, List.of(), envelope(CAROL, 1, 1)))
        .containsExactly(refused(Reason.GROUP_NOT_FOUND));
  }

  @Test
  void takesNothingFromALeaverNorFromAnybodyUntilTheNextEpoch() {
    scene.sends(CAROL, 0).sends(ALICE, 0);
    Outcome first = taken(OFFSET + 3);
    scene.accepts(new GroupCommand.Leave(CAROL));

    assertThat(scene.appends(CAROL, List.of(), envelope(CAROL, 1, 1)))
        .containsExactly(refused(Reason.GROUP_NOT_FOUND));
    assertThat(scene.appends(ALICE, List.of(), envelope(ALICE, 1, 0), envelope(ALICE, 1, 1)))
        .containsExactly(first, refused(Reason.ROTATION_REQUIRED));
    scene.accepts(scene.commit(BOB));
    assertThat(scene.appends(ALICE, List.of(Fake.binding(ALICE, 2)), envelope(ALICE, 2, 0)))
        .hasOnlyElementsOfType(Outcome.Taken.class);
  }

  @Test
  void stopsThePreviousEpochTooWhileARotationIsOverdue() {
    scene.sends(ALICE, 0).accepts(scene.commit(BOB)).accepts(new GroupCommand.Leave(CAROL));

    assertThat(scene.appends(ALICE, List.of(), envelope(ALICE, 1, 1)))
        .containsExactly(refused(Reason.ROTATION_REQUIRED));
  }

  @Test
  void opensNoSessionWhileARotationIsOverdue() {
    scene.accepts(new GroupCommand.Leave(CAROL));

    assertThat(append(submission(ALICE, Fake.binding(ALICE, 1), envelope(ALICE, 1, 0)))
            .events())
        .isEmpty();
  }

  @Test
  void refusesEverythingOnceArchived() {
    scene.sends(ALICE, 0).accepts(new GroupCommand.Archive(ALICE));

    assertThat(scene.appends(ALICE, List.of(), envelope(ALICE, 1, 0), envelope(ALICE, 1, 1)))
        .containsExactly(refused(Reason.GROUP_ARCHIVED), refused(Reason.GROUP_ARCHIVED));
  }

  @Test
  void ignoresABindingThatIsOpenAlready() {
    scene.sends(ALICE, 0);

    assertThat(append(submission(ALICE, Fake.binding(ALICE, 1), envelope(ALICE, 1, 1)))
            .events())
        .hasOnlyElementsOfType(GroupEvent.EnvelopesAppended.class);
  }

  @Test
  void answersForAGroupThatNobodyCreated() {
    var absent = Scene.beforeCreation();

    assertThat(absent.appends(ALICE, List.of(Fake.binding(ALICE, 1)), envelope(ALICE, 1, 0)))
        .containsExactly(refused(Reason.GROUP_NOT_FOUND));
  }

  private Decision.Judged append(GroupCommand.Submission... submissions) {
    return (Decision.Judged) scene.decide(new GroupCommand.Append(List.of(submissions)));
  }

  private static GroupCommand.Submission submission(
      DeviceAddress by, SessionBinding binding, Envelope... envelopes) {
    return submission(by, List.of(binding), envelopes);
  }

  private static GroupCommand.Submission submission(
      DeviceAddress by, List<SessionBinding> bindings, Envelope... envelopes) {
    return new GroupCommand.Submission(by, bindings, List.of(envelopes));
  }

  private static SessionBinding binding(DeviceAddress by, long epoch, Bytes key) {
    return new SessionBinding(by, epoch, key, Fake.bytes("signature", 64));
  }

  /** Alice's index under a client id that is new. */
  private static Envelope again(long index) {
    return envelope(ALICE, 1, index, Fake.clientId(77));
  }

  private static Arguments row(
      String what,
      DeviceAddress by,
      List<SessionBinding> bindings,
      Envelope envelope,
      Reason reason) {
    return arguments(what, by, bindings, envelope, reason);
  }

  private Outcome taken(long offset) {
    return new Outcome.Taken(new Receipt(offset, scene.now));
  }

  private static Outcome refused(Reason reason) {
    return new Outcome.Rejected(reason);
  }
}
