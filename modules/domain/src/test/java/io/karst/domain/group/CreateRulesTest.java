package io.karst.domain.group;

import static io.karst.domain.group.Scene.ALICE;
import static io.karst.domain.group.Scene.BOB;
import static io.karst.domain.group.Scene.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.karst.domain.device.DeviceList;
import io.karst.domain.epoch.Manifest;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.epoch.SealedKey;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.id.MemberId;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Crowd;
import io.karst.domain.walk.Fake;
import io.karst.domain.walk.Spoil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CreateRulesTest {

  private final Scene scene = Scene.beforeCreation();

  @Test
  void createsMembersAndEpochInOneDecision() {
    GroupCommand.Create command = scene.creation();

    assertThat(scene.decide(command).events())
        .containsExactly(
            new GroupEvent.GroupCreated(
                ALICE, scene.group.id(), command.nonce(), command.policy(), Scene.START),
            new GroupEvent.MemberAdded(ALICE, ALICE.member(), Role.OWNER, Scene.START),
            new GroupEvent.MemberAdded(ALICE, BOB.member(), Role.ADMIN, Scene.START),
            new GroupEvent.MemberAdded(ALICE, CAROL.member(), Role.MEMBER, Scene.START),
            new GroupEvent.EpochStarted(command.manifest(), command.sealedKeys(), Scene.START));
  }

  @Test
  void storesSealedKeysInTheOrderOfTheRoster() {
    GroupCommand.Create reversed = spoil(m -> m, CreateRulesTest::reversed, r -> r);

    assertThat(scene.decide(reversed).events())
        .last()
        .isEqualTo(new GroupEvent.EpochStarted(
            reversed.manifest(), scene.creation().sealedKeys(), Scene.START));
  }

  static Stream<Arguments> refusals() {
    UnaryOperator<Manifest> sameManifest = m -> m;
    UnaryOperator<List<SealedKey>> sameKeys = keys -> keys;
    UnaryOperator<Map<MemberId, DeviceList>> sameLists = lists -> lists;
    return Stream.of(
        arguments(
            "manifest of another group",
            Spoil.group(Fake.groupId("x")),
            sameKeys,
            sameLists,
            Reason.MANIFEST_INVALID),
        arguments(
            "manifest of epoch 2", Spoil.epoch(2), sameKeys, sameLists, Reason.MANIFEST_INVALID),
        arguments(
            "reason other than created",
            Spoil.reason(RotationReason.MANUAL),
            sameKeys,
            sameLists,
            Reason.MANIFEST_INVALID),
        arguments(
            "somebody else's manifest",
            Spoil.committer(BOB),
            sameKeys,
            sameLists,
            Reason.MANIFEST_INVALID),
        arguments(
            "key suite 2", Spoil.keySuite(2), sameKeys, sameLists, Reason.KEY_SUITE_UNSUPPORTED),
        arguments(
            "key suite 0", Spoil.keySuite(0), sameKeys, sameLists, Reason.KEY_SUITE_UNSUPPORTED),
        arguments(
            "roster without bob",
            Spoil.roster(r -> List.of(r.get(0), r.get(2))),
            sameKeys,
            sameLists,
            Reason.ROSTER_MISMATCH),
        arguments(
            "member without account",
            sameManifest,
            sameKeys,
            without(BOB),
            Reason.MEMBER_NOT_FOUND),
        arguments(
            "no sealed key for carol",
            sameManifest,
            (UnaryOperator<List<SealedKey>>) keys -> keys.subList(0, 2),
            sameLists,
            Reason.SEALED_KEYS_MISMATCH),
        arguments(
            "two sealed keys for alice",
            sameManifest,
            (UnaryOperator<List<SealedKey>>)
                keys -> List.of(keys.get(0), keys.get(0), keys.get(1), keys.get(2)),
            sameLists,
            Reason.SEALED_KEYS_MISMATCH),
        arguments(
            "two for alice, none for carol",
            sameManifest,
            (UnaryOperator<List<SealedKey>>) keys -> List.of(keys.get(0), keys.get(0), keys.get(1)),
            sameLists,
            Reason.SEALED_KEYS_MISMATCH));
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("refusals")
  void refuses(
      String what,
      UnaryOperator<Manifest> manifest,
      UnaryOperator<List<SealedKey>> sealedKeys,
      UnaryOperator<Map<MemberId, DeviceList>> registered,
      Reason reason) {
    assertThat(scene.refusal(spoil(manifest, sealedKeys, registered))).as(what).contains(reason);
  }

  @Test
  void refusesACreatorWhoseDeviceIsNotRegistered() {
    DeviceAddress tablet = DeviceAddress.of("alice", "tablet");
    var command = scene.proposals.create(scene.group.id(), tablet, Policy.DEFAULT, Map.of());

    assertThat(scene.refusal(command)).contains(Reason.DEVICE_NOT_IN_ROSTER);
  }

  @Test
  void refusesACreatorWhoIsAlsoAmongTheOthers() {
    var command = scene.proposals.create(
        scene.group.id(), ALICE, Policy.DEFAULT, Map.of(ALICE.member(), Role.MEMBER));

    assertThat(scene.refusal(command)).contains(Reason.ALREADY_MEMBER);
  }

  @Test
  void refusesAnotherGroupsId() {
    var command = scene.proposals.create(Fake.groupId("other"), ALICE, Policy.DEFAULT, Map.of());

    assertThat(scene.refusal(command)).contains(Reason.GROUP_ID_MISMATCH);
  }

  @Test
  void refusesOneMemberTooMany() {
    var command = scene.proposals.create(scene.group.id(), ALICE, Policy.DEFAULT, Map.of());
    var tooMany = new GroupCommand.Create(
        command.by(),
        command.groupId(),
        command.nonce(),
        command.policy(),
        Crowd.members(),
        command.manifest(),
        command.sealedKeys(),
        command.registered());

    assertThat(scene.refusal(tooMany)).contains(Reason.GROUP_FULL);
  }

  @Test
  void acceptsARepeatedCreationWithoutWritingAgain() {
    GroupCommand.Create command = scene.creation();
    scene.accepts(command);

    assertThat(scene.decide(command)).isEqualTo(Decision.accept());
  }

  @Test
  void acceptsARepeatedCreationAfterTheFirstEpoch() {
    GroupCommand.Create command = scene.creation();
    scene.accepts(command);
    scene.accepts(scene.commit(BOB));

    assertThat(scene.decide(command)).isEqualTo(Decision.accept());
  }

  @Test
  void refusesAnotherFirstManifest() {
    scene.accepts(scene.creation());

    assertThat(scene.refusal(spoil(Spoil.keySuite(9), k -> k, r -> r)))
        .contains(Reason.GROUP_EXISTS);
  }

  @Test
  void refusesTheSameManifestFromSomebodyElse() {
    GroupCommand.Create c = scene.creation();
    scene.accepts(c);
    var stolen = new GroupCommand.Create(
        BOB,
        c.groupId(),
        c.nonce(),
        c.policy(),
        c.members(),
        c.manifest(),
        c.sealedKeys(),
        c.registered());

    assertThat(scene.refusal(stolen)).contains(Reason.GROUP_EXISTS);
  }

  @Test
  void refusesTheSameManifestWithAnotherNonce() {
    GroupCommand.Create c = scene.creation();
    scene.accepts(c);
    var other = new GroupCommand.Create(
        ALICE,
        c.groupId(),
        Fake.bytes("another nonce", 16),
        c.policy(),
        c.members(),
        c.manifest(),
        c.sealedKeys(),
        c.registered());

    assertThat(scene.refusal(other)).contains(Reason.GROUP_EXISTS);
  }

  private GroupCommand.Create spoil(
      UnaryOperator<Manifest> manifest,
      UnaryOperator<List<SealedKey>> sealedKeys,
      UnaryOperator<Map<MemberId, DeviceList>> registered) {
    return Spoil.created(scene.proposals, manifest, sealedKeys, registered).apply(scene.creation());
  }

  private static List<SealedKey> reversed(List<SealedKey> keys) {
    var reversed = new ArrayList<>(keys);
    Collections.reverse(reversed);
    return reversed;
  }

  private static UnaryOperator<Map<MemberId, DeviceList>> without(DeviceAddress device) {
    return lists -> {
      var less = new HashMap<>(lists);
      less.remove(device.member());
      return less;
    };
  }
}
