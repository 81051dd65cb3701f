package io.karst.domain.group;

import static io.karst.domain.group.Role.ADMIN;
import static io.karst.domain.group.Role.MEMBER;
import static io.karst.domain.group.Role.OWNER;
import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static io.karst.domain.group.Scene.DAVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Fake;
import io.karst.domain.walk.Proposals;
import io.karst.domain.walk.Spoil;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommitRulesTest {

  private static final Proposals SIGNER = Proposals.of(new Scene().directory);
  private static final Optional<Reason> FINE = Optional.empty();

  private final Scene scene = Scene.created();

  static Stream<Arguments> changes() {
    return Stream.of(
        row("a member rotates", CAROL, FINE),
        row("a stranger commits", DAVE, Reason.GROUP_NOT_FOUND),
        row("a member adds", CAROL, Reason.ROLE_REQUIRED, add(DAVE, MEMBER)),
        row("an admin adds a member", BOB, FINE, add(DAVE, MEMBER)),
        row("an admin adds an admin", BOB, Reason.ROLE_REQUIRED, add(DAVE, ADMIN)),
        row("an admin adds an owner", BOB, Reason.ROLE_REQUIRED, add(DAVE, OWNER)),
        row("an owner adds an owner", ALICE, FINE, add(DAVE, OWNER)),
        row("a member removes", CAROL, Reason.ROLE_REQUIRED, remove(BOB)),
        row("an admin removes a member", BOB, FINE, remove(CAROL)),
        row("an admin removes an owner", BOB, Reason.ROLE_REQUIRED, remove(ALICE)),
        row("an admin removes itself", BOB, Reason.ROLE_REQUIRED, remove(BOB)),
        row("an owner removes an admin", ALICE, FINE, remove(BOB)),
        row("an owner removes itself", ALICE, Reason.CHANGE_INVALID, remove(ALICE)),
        row("an admin sets a role", BOB, Reason.ROLE_REQUIRED, role(CAROL, ADMIN)),
        row("an owner sets a role", ALICE, FINE, role(CAROL, ADMIN)),
        row("an owner makes another", ALICE, FINE, role(BOB, OWNER)),
        row("the only owner steps down", ALICE, Reason.LAST_OWNER, role(ALICE, ADMIN)),
        row("an owner hands over", ALICE, FINE, role(ALICE, MEMBER), role(BOB, OWNER)),
        row("a role stays as it is", ALICE, Reason.CHANGE_INVALID, role(BOB, ADMIN)),
        row("a member is added again", ALICE, Reason.ALREADY_MEMBER, add(BOB, MEMBER)),
        row("a stranger is removed", ALICE, Reason.NO_SUCH_MEMBER, remove(DAVE)),
        row("a stranger gets a role", ALICE, Reason.NO_SUCH_MEMBER, role(DAVE, ADMIN)),
        row(
            "one member in two changes",
            ALICE,
            Reason.CHANGE_INVALID,
            remove(CAROL),
            add(CAROL, ADMIN)),
        row("several changes at once", ALICE, FINE, add(DAVE, ADMIN), remove(CAROL)));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("changes")
  void judgesChangesByRoleAndMembership(
      String what, DeviceAddress by, List<Change> changes, Optional<Reason> expected) {
    assertThat(scene.refusal(scene.proposals.commit(scene.group, by, changes)))
        .as(what)
        .isEqualTo(expected);
  }

  static Stream<Arguments> spoiled() {
    return Stream.of(
        spoiled("an older epoch", Spoil.expectedEpoch(0), Reason.STALE_EPOCH),
        spoiled("a newer epoch", Spoil.expectedEpoch(2), Reason.STALE_EPOCH),
        spoiled("no epoch at all", Spoil.expectedEpoch(-1), Reason.STALE_EPOCH),
        spoiled("another group", manifest(Spoil.group(Fake.groupId("x")))),
        spoiled("the same epoch", manifest(Spoil.epoch(1))),
        spoiled("an epoch skipped", manifest(Spoil.epoch(3))),
        spoiled("another history", manifest(Spoil.previousHash(Fake.bytes("x", 32)))),
        spoiled("somebody else's word", manifest(Spoil.committer(BOB))),
        spoiled("reason created", manifest(Spoil.reason(RotationReason.CREATED))),
        spoiled("reason left", manifest(Spoil.reason(RotationReason.MEMBER_LEFT))),
        spoiled("reason joined", manifest(Spoil.reason(RotationReason.MEMBER_JOINED))),
        spoiled("reason removed", manifest(Spoil.reason(RotationReason.MEMBER_REMOVED))),
        spoiled("a later key suite", manifest(Spoil.keySuite(2)), Reason.KEY_SUITE_UNSUPPORTED),
        spoiled(
            "a device missing",
            manifest(Spoil.roster(r -> r.subList(0, 2))),
            Reason.ROSTER_MISMATCH),
        spoiled("an account missing", Spoil.registered(r -> Map.of()), Reason.MEMBER_NOT_FOUND),
        spoiled(
            "a key missing",
            Spoil.sealedKeys(keys -> keys.subList(1, 3)),
            Reason.SEALED_KEYS_MISMATCH),
        spoiled("no keys at all", Spoil.sealedKeys(keys -> List.of()), Reason.SEALED_KEYS_MISMATCH),
        spoiled(
            "a key twice",
            Spoil.sealedKeys(keys -> List.of(keys.get(0), keys.get(1), keys.get(1))),
            Reason.SEALED_KEYS_MISMATCH),
        spoiled(
            "a key for a stranger",
            Spoil.sealedKeys(keys -> List.of(keys.get(0), keys.get(1), Fake.sealedKey(DAVE, 2))),
            Reason.SEALED_KEYS_MISMATCH));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("spoiled")
  void refusesWhatDoesNotFit(String what, UnaryOperator<GroupCommand.Commit> spoil, Reason reason) {
    assertThat(scene.refusal(spoil.apply(scene.commit(CAROL)))).as(what).contains(reason);
  }

  @Test
  void endsTheEpochMakesTheChangesAndStartsTheNextEpoch() {
    scene.later(Duration.ofSeconds(5));
    var command = scene.commit(ALICE, role(BOB, OWNER), remove(CAROL), add(DAVE, MEMBER));

    assertThat(scene.decide(command).events())
        .containsExactly(
            new GroupEvent.EpochEnded(ALICE, 1, scene.now.plus(Scene.GRACE), scene.now),
            new GroupEvent.RoleChanged(ALICE, BOB.member(), OWNER, scene.now),
            new GroupEvent.MemberRemoved(ALICE, CAROL.member(), scene.now),
            new GroupEvent.MemberAdded(ALICE, DAVE.member(), MEMBER, scene.now),
            new GroupEvent.EpochStarted(command.manifest(), command.sealedKeys(), scene.now));
  }

  @Test
  void makesTheCommittersOwnChangeLastSoThatItHasTheRightToTheOthers() {
    var command = scene.commit(ALICE, role(ALICE, MEMBER), remove(CAROL), role(BOB, OWNER));
    scene.accepts(command);

    assertThat(scene.group.members())
        .containsOnly(Map.entry(ALICE.member(), MEMBER), Map.entry(BOB.member(), OWNER));
  }

  @Test
  void letsOneOfTwoConcurrentCommitsWin() {
    var first = scene.commit(BOB);
    var second = scene.commit(CAROL);
    scene.accepts(first);

    assertThat(scene.refusal(second)).contains(Reason.STALE_EPOCH);
  }

  @Test
  void tellsARetryThatItSucceededEvenIfItTookTheRoleAway() {
    var handOver = scene.commit(ALICE, role(ALICE, MEMBER), role(BOB, OWNER));
    scene.accepts(handOver);

    assertThat(scene.refusal(handOver)).contains(Reason.COMMIT_REPLAYED);
  }

  @Test
  void callsARetryStaleOnceAnotherEpochFollowed() {
    var first = scene.commit(BOB);
    scene.accepts(first).accepts(scene.commit(CAROL));

    assertThat(scene.refusal(first)).contains(Reason.STALE_EPOCH);
  }

  @Test
  void refusesADeviceThatTheRosterDoesNotName() {
    scene.directory.register("alice", "phone", "tablet");

    assertThat(scene.refusal(scene.commit(DeviceAddress.of("alice", "tablet"))))
        .contains(Reason.DEVICE_NOT_IN_ROSTER);
  }

  @Test
  void refusesADeviceWhoseKeysChangedUnderItsName() {
    scene.directory.rekey(ALICE.member(), 2);

    assertThat(scene.refusal(scene.commit(ALICE))).contains(Reason.DEVICE_NOT_IN_ROSTER);
  }

  @Test
  void letsOthersTakeInADeviceWhoseKeysChanged() {
    scene.directory.rekey(ALICE.member(), 2);

    assertThat(scene.refusal(scene.commit(CAROL))).isEmpty();
  }

  @Test
  void refusesARosterOfAnOlderDeviceList() {
    var command = scene.commit(CAROL);
    scene.directory.register("bob", "phone", "tablet");
    var registeredNow = Spoil.registered(r -> scene.directory.lists());

    assertThat(scene.refusal(registeredNow.apply(command))).contains(Reason.ROSTER_MISMATCH);
  }

  @Test
  void demandsReasonMemberLeftOnceSomebodyLeft() {
    scene.accepts(new GroupCommand.Leave(CAROL));

    assertThat(scene.refusal(scene.commit(BOB))).isEmpty();
    assertThat(
            scene.refusal(manifest(Spoil.reason(RotationReason.MANUAL)).apply(scene.commit(BOB))))
        .contains(Reason.MANIFEST_INVALID);
  }

  @Test
  void forgetsADueRotationWithTheNextEpoch() {
    scene.accepts(new GroupCommand.Leave(CAROL)).accepts(scene.commit(BOB));

    assertThat(scene.group.rotationDue()).isEmpty();
    assertThat(scene.refusal(scene.commit(BOB))).isEmpty();
  }

  @Test
  void refusesEveryCommitOnceArchived() {
    scene.accepts(new GroupCommand.Archive(ALICE));

    assertThat(scene.refusal(scene.commit(BOB))).contains(Reason.GROUP_ARCHIVED);
    assertThat(scene.refusal(scene.commit(DAVE))).contains(Reason.GROUP_NOT_FOUND);
  }

  private static Arguments row(
      String what, DeviceAddress by, Optional<Reason> expected, Change... changes) {
    return arguments(what, by, List.of(changes), expected);
  }

  private static Arguments row(String what, DeviceAddress by, Reason expected, Change... changes) {
    return row(what, by, Optional.of(expected), changes);
  }

  private static Arguments spoiled(String what, UnaryOperator<GroupCommand.Commit> spoil) {
    return spoiled(what, spoil, Reason.MANIFEST_INVALID);
  }

  private static Arguments spoiled(
      String what, UnaryOperator<GroupCommand.Commit> spoil, Reason reason) {
    return arguments(what, spoil, reason);
  }

  private static UnaryOperator<GroupCommand.Commit> manifest(UnaryOperator<Manifest> change) {
    return Spoil.manifest(SIGNER, change);
  }

  private static Change add(DeviceAddress device, Role role) {
    return new Change.Add(device.member(), role);
  }

  private static Change remove(DeviceAddress device) {
    return new Change.Remove(device.member());
  }

  private static Change role(DeviceAddress device, Role role) {
    return new Change.SetRole(device.member(), role);
  }
}
