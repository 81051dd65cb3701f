package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static io.karst.domain.group.Scene.DAVE;
import static io.karst.domain.group.Scene.GRACE;
import static io.karst.domain.group.Scene.START;
import static io.karst.domain.group.Scene.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.walk.Fake;
import io.karst.domain.walk.Proposals;
import io.karst.domain.walk.Spoil;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no journal of ours can hold is never skipped. */
class GroupEvolutionTest {

  private static final Policy SCENES = new Policy(Scene.GRACE);
  private static final Policy STRICT = new Policy(Duration.ZERO);

  private static final GroupEvent ENDED =
      new GroupEvent.EpochEnded(ALICE, 1, START.plus(GRACE), START);

  static Stream<Arguments> inAnOpenEpoch() {
    return Stream.of(
        row("created again", Scene.beforeCreation().decide(creation()).events().get(0)),
        row("added", new GroupEvent.MemberAdded(ALICE, DAVE.member(), Role.MEMBER, START)),
        row("removed", new GroupEvent.MemberRemoved(ALICE, BOB.member(), START)),
        row("role", new GroupEvent.RoleChanged(ALICE, BOB.member(), Role.OWNER, START)),
        row("started without an end", started(m -> m, keys -> keys)),
        row("left as a stranger", new GroupEvent.MemberLeft(DAVE, START)),
        row("left as the only owner", new GroupEvent.MemberLeft(ALICE, START)),
        row("ended by a stranger", new GroupEvent.EpochEnded(DAVE, 1, START, START)),
        row("ended by an unknown device", new GroupEvent.EpochEnded(tablet(), 1, START, START)),
        row("another epoch ended", new GroupEvent.EpochEnded(ALICE, 2, START, START)),
        row("grace in the past", ended(START.minusMillis(1))),
        row("grace too long", ended(START.plus(GRACE).plusMillis(1))),
        row("archived by a stranger", new GroupEvent.GroupArchived(DAVE, START)),
        row("archived by an admin", new GroupEvent.GroupArchived(BOB, START)),
        row("delivered an epoch to come", new GroupEvent.EpochKeysDelivered(2, START)),
        row("delivered nothing", new GroupEvent.EpochKeysDelivered(0, START)),
        row("before the newest entry", new GroupEvent.GroupArchived(ALICE, before())),
        row("delivered earlier", new GroupEvent.EpochKeysDelivered(1, before())),
        row("a stranger's session", opened(DAVE, 1)),
        row("a device's outside the roster", opened(tablet(), 1)),
        row("a session of no epoch", opened(ALICE, 2)),
        row("no session", appended(envelope(ALICE, 1, 0))),
        row("a leak known to a stranger", new GroupEvent.CompromiseReported(DAVE, START)),
        row("a policy of a stranger", new GroupEvent.PolicyChanged(DAVE, STRICT, START)),
        row("a policy of a member", new GroupEvent.PolicyChanged(CAROL, STRICT, START)),
        row("the policy as it is", new GroupEvent.PolicyChanged(ALICE, SCENES, START)),
        row("due for nothing", due(RotationReason.MANUAL)),
        row("due for a leaver who stays", due(RotationReason.MEMBER_LEFT)),
        row("due for a leak that nobody reported", due(RotationReason.COMPROMISE)),
        row("due for an age that is not reached", due(RotationReason.AGE)),
        row("due for messages that nobody sent", due(RotationReason.VOLUME)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inAnOpenEpoch")
  void refusesInAnOpenEpoch(String what, GroupEvent event) {
    assertImpossible(Scene.created().group, event);
  }

  static Stream<Arguments> betweenEpochs() {
    var same = UnaryOperator.<List<SealedKey>>identity();
    return Stream.of(
        row("an end again", new GroupEvent.EpochEnded(ALICE, 1, START, START)),
        row("added twice", new GroupEvent.MemberAdded(ALICE, BOB.member(), Role.MEMBER, START)),
        row("added by a stranger", added(DAVE)),
        row("added by another than the committer", added(BOB)),
        row("a stranger removed", new GroupEvent.MemberRemoved(ALICE, DAVE.member(), START)),
        row("removed by a stranger", new GroupEvent.MemberRemoved(DAVE, BOB.member(), START)),
        row("removed itself", new GroupEvent.MemberRemoved(BOB, BOB.member(), START)),
        row("a stranger's role", role(ALICE, DAVE)),
        row("a role by a stranger", role(DAVE, BOB)),
        row("the role as it is", role(ALICE, CAROL)),
        row("left", new GroupEvent.MemberLeft(CAROL, START)),
        row("due", new GroupEvent.RotationDue(RotationReason.MANUAL, START, START)),
        row("a leak", new GroupEvent.CompromiseReported(ALICE, START)),
        row("a policy", new GroupEvent.PolicyChanged(ALICE, STRICT, START)),
        row("archived", new GroupEvent.GroupArchived(ALICE, START)),
        row("delivered", new GroupEvent.EpochKeysDelivered(1, START)),
        row("a session", opened(ALICE, 1)),
        row("envelopes", appended(envelope(ALICE, 1, 0))),
        row("another group", started(Spoil.group(Fake.groupId("x")), same)),
        row("an epoch skipped", started(Spoil.epoch(3), same)),
        row("another history", started(Spoil.previousHash(Fake.bytes("x", 32)), same)),
        row("a member missing", started(Spoil.roster(r -> r.subList(0, 2)), k -> k.subList(0, 2))),
        row("a committer outside", started(Spoil.committer(tablet()), same)),
        row("keys missing", started(m -> m, keys -> keys.subList(0, 2))),
        row("keys out of order", started(m -> m, GroupEvolutionTest::reversed)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("betweenEpochs")
  void refusesBetweenTwoEpochs(String what, GroupEvent event) {
    assertImpossible(Scene.created().group.evolve(ENDED), event);
  }

  static Stream<Arguments> withoutTheRight() {
    return Stream.of(
        arguments(CAROL, new GroupEvent.MemberAdded(CAROL, DAVE.member(), Role.MEMBER, START)),
        arguments(BOB, new GroupEvent.MemberAdded(BOB, DAVE.member(), Role.ADMIN, START)),
        arguments(CAROL, new GroupEvent.MemberRemoved(CAROL, BOB.member(), START)),
        arguments(BOB, new GroupEvent.MemberRemoved(BOB, ALICE.member(), START)),
        arguments(BOB, new GroupEvent.RoleChanged(BOB, CAROL.member(), Role.ADMIN, START)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("withoutTheRight")
  void refusesChangesThatTheCommitterHasNoRightTo(DeviceAddress by, GroupEvent event) {
    var ended = new GroupEvent.EpochEnded(by, 1, START, START);

    assertImpossible(Scene.created().group.evolve(ended), event);
  }

  @Test
  void acceptsChangesThatTheCommitterHasTheRightTo() {
    Group ended = Scene.created().group.evolve(new GroupEvent.EpochEnded(BOB, 1, START, START));

    assertThat(ended.evolve(added(BOB)).has(DAVE.member())).isTrue();
    assertThat(ended
            .evolve(new GroupEvent.MemberRemoved(BOB, CAROL.member(), START))
            .members())
        .hasSize(2);
  }

  @Test
  void refusesAnEpochStartedByAnotherThanTheOneWhoEndedTheLast() {
    Group ended = Scene.created().group.evolve(new GroupEvent.EpochEnded(BOB, 1, START, START));

    assertImpossible(ended, started(m -> m, keys -> keys));
  }

  @Test
  void refusesACommitterWhoseKeysChangedUnderItsName() {
    var scene = Scene.created();
    scene.directory.rekey(ALICE.member(), 2);
    var commit = scene.commit(ALICE);
    var event = new GroupEvent.EpochStarted(commit.manifest(), commit.sealedKeys(), START);

    assertImpossible(scene.group.evolve(ENDED), event);
  }

  @Test
  void acceptsARightEpochBetweenTwo() {
    Group after = Scene.created().group.evolve(ENDED).evolve(started(m -> m, keys -> keys));

    assertThat(after.epoch().number()).isEqualTo(2);
  }

  @Test
  void refusesAnEpochThatNobodyOwns() {
    Group ownerless = Scene.created()
        .group
        .evolve(ENDED)
        .evolve(new GroupEvent.RoleChanged(ALICE, ALICE.member(), Role.MEMBER, START));

    assertImpossible(ownerless, started(m -> m, keys -> keys));
  }

  @Test
  void refusesACommitterWhoWasNotInTheEpochBefore() {
    var scene = Scene.created();
    scene.directory.register("bob", "phone", "tablet");
    Manifest manifest = Spoil.committer(DeviceAddress.of("bob", "tablet"))
        .apply(scene.commit(BOB).manifest().manifest());
    var event =
        new GroupEvent.EpochStarted(Fake.signed(manifest), Proposals.sealed(manifest), START);

    assertImpossible(scene.group.evolve(ENDED), event);
  }

  static Stream<Arguments> whileCreated() {
    var creation = Scene.beforeCreation().decide(creation()).events();
    return Stream.of(
        row("started without members", creation.get(4)),
        row("a first member who is no owner", added(DAVE)),
        row("a member before the creator", creation.get(2)),
        row("a session", opened(ALICE, 1)),
        row("archived", new GroupEvent.GroupArchived(ALICE, START)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileCreated")
  void refusesBeforeTheFirstEpoch(String what, GroupEvent event) {
    GroupEvent created = Scene.beforeCreation().decide(creation()).events().get(0);

    assertImpossible(Scene.beforeCreation().group.evolve(created), event);
  }

  @Test
  void refusesAnythingButCreationFirst() {
    for (GroupEvent event : Scene.beforeCreation().decide(creation()).events().subList(1, 5)) {
      assertImpossible(Scene.beforeCreation().group, event);
    }
    assertImpossible(Scene.beforeCreation().group, new GroupEvent.EpochKeysDelivered(1, START));
  }

  @Test
  void refusesTheCreationOfAnotherGroup() {
    var event = new GroupEvent.GroupCreated(
        ALICE, Fake.groupId("x"), Fake.bytes("n", 16), Policy.DEFAULT, START);

    assertImpossible(Scene.beforeCreation().group, event);
  }

  static Stream<Arguments> afterSending() {
    Envelope clientIdAgain = envelope(ALICE, 1, 6, envelope(ALICE, 1, 5).clientId());
    Bytes other = Fake.bytes("another session", 32);
    return Stream.of(
        row("a second session", opened(ALICE, 1)),
        row("an index twice", appended(envelope(ALICE, 1, 5, Fake.clientId(1)))),
        row("an index far below", appended(envelope(ALICE, 1, 100), envelope(ALICE, 1, 36))),
        row("a client id twice", appended(clientIdAgain)),
        row("another session", appended(envelope(ALICE, 1, 6, Fake.clientId(1), other))),
        row("a stranger", appended(envelope(ALICE, 1, 6), envelope(DAVE, 1, 0))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("afterSending")
  void refusesEnvelopesThatTheRulesWouldRefuse(String what, GroupEvent event) {
    assertImpossible(Scene.created().sends(ALICE, 5).group, event);
  }

  @Test
  void refusesEnvelopesAfterGrace() {
    var scene = Scene.created().sends(ALICE, 0);
    scene.accepts(scene.commit(BOB));

    assertImpossible(scene.group, appended(START.plus(GRACE), envelope(ALICE, 1, 1)));
    scene.group.evolve(appended(START.plus(GRACE).minusMillis(1), envelope(ALICE, 1, 1)));
  }

  @Test
  void refusesEnvelopesWhileARotationIsOverdueEvenWithoutItsEntry() {
    var scene = Scene.created().sends(ALICE, 0);
    Group left = scene.group.evolve(new GroupEvent.MemberLeft(CAROL, START));

    assertImpossible(left, appended(envelope(ALICE, 1, 1)));
    assertImpossible(left, opened(BOB, 1));
  }

  @Test
  void refusesEverythingButDeliveriesOnceArchived() {
    Group archived = Scene.created().accepts(new GroupCommand.Archive(ALICE)).group;

    assertImpossible(archived, new GroupEvent.GroupArchived(ALICE, START));
    assertImpossible(archived, new GroupEvent.MemberLeft(CAROL, START));
    assertImpossible(archived, ENDED);
    assertImpossible(archived, opened(ALICE, 1));
    assertThat(archived.evolve(new GroupEvent.EpochKeysDelivered(1, START)).archived())
        .isTrue();
  }

  @Test
  void refusesARotationThatIsDueToNobody() {
    var scene = Scene.created();
    scene.accepts(new GroupCommand.Leave(CAROL)).accepts(new GroupCommand.Leave(BOB));
    Group empty = scene.group.evolve(new GroupEvent.MemberLeft(ALICE, START));

    assertImpossible(empty, new GroupEvent.RotationDue(RotationReason.MEMBER_LEFT, START, START));
  }

  private static GroupEvent due(RotationReason reason) {
    return new GroupEvent.RotationDue(reason, START, START);
  }

  private static void assertImpossible(Group group, GroupEvent event) {
    assertThatThrownBy(() -> group.evolve(event))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("impossible event: " + event.getClass().getSimpleName());
  }

  private static GroupCommand creation() {
    return Scene.beforeCreation().creation();
  }

  private static Instant before() {
    return START.minusMillis(1);
  }

  private static DeviceAddress tablet() {
    return DeviceAddress.of("alice", "tablet");
  }

  private static GroupEvent ended(Instant graceUntil) {
    return new GroupEvent.EpochEnded(ALICE, 1, graceUntil, START);
  }

  private static GroupEvent added(DeviceAddress by) {
    return new GroupEvent.MemberAdded(by, DAVE.member(), Role.MEMBER, START);
  }

  private static GroupEvent role(DeviceAddress by, DeviceAddress member) {
    return new GroupEvent.RoleChanged(by, member.member(), Role.MEMBER, START);
  }

  private static GroupEvent opened(DeviceAddress by, long epoch) {
    return new GroupEvent.SessionOpened(Fake.binding(by, epoch), START);
  }

  private static GroupEvent appended(Envelope... envelopes) {
    return appended(START, envelopes);
  }

  private static GroupEvent appended(Instant at, Envelope... envelopes) {
    return new GroupEvent.EnvelopesAppended(List.of(envelopes), at);
  }

  /** Alice's epoch 2, spoiled. */
  private static GroupEvent started(
      UnaryOperator<Manifest> manifest, UnaryOperator<List<SealedKey>> keys) {
    GroupCommand.Commit commit = Scene.created().commit(ALICE);
    return new GroupEvent.EpochStarted(
        Fake.signed(manifest.apply(commit.manifest().manifest())),
        keys.apply(commit.sealedKeys()),
        START);
  }

  private static List<SealedKey> reversed(List<SealedKey> keys) {
    var reversed = new ArrayList<>(keys);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Arguments row(String what, GroupEvent event) {
    return arguments(what, event);
  }
}
