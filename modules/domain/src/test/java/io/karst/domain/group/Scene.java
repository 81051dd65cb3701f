package io.karst.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.domain.bytes.Bytes;
import io.karst.domain.epoch.SessionBinding;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.DeviceAddress;
import io.karst.domain.refusal.Reason;
import io.karst.domain.walk.Directory;
import io.karst.domain.walk.Fake;
import io.karst.domain.walk.Proposals;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A group of alice, its owner, bob, an admin, and carol, a member, with one phone each. Dave is
 * registered but outside.
 *
 * <p>Mutable: belongs to one test. Its clock stands still until a test moves it.
 */
final class Scene {

  static final DeviceAddress ALICE = DeviceAddress.of("alice", "phone");
  static final DeviceAddress BOB = DeviceAddress.of("bob", "phone");
  static final DeviceAddress CAROL = DeviceAddress.of("carol", "phone");
  static final DeviceAddress DAVE = DeviceAddress.of("dave", "phone");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration GRACE = Duration.ofSeconds(30);

  final Directory directory = new Directory()
      .register("alice", "phone")
      .register("bob", "phone")
      .register("carol", "phone")
      .register("dave", "phone");
  final Proposals proposals = Proposals.of(directory);
  Instant now = START;
  Group group = Group.empty(Fake.groupId("scene"));

  static Scene beforeCreation() {
    return new Scene();
  }

  /** In epoch 1. */
  static Scene created() {
    var scene = new Scene();
    scene.accepts(scene.creation());
    return scene;
  }

  GroupCommand.Create creation() {
    return proposals.create(
        group.id(),
        ALICE,
        new Policy(GRACE),
        Map.of(BOB.member(), Role.ADMIN, CAROL.member(), Role.MEMBER));
  }

  GroupCommand.Commit commit(DeviceAddress by, Change... changes) {
    return proposals.commit(group, by, List.of(changes));
  }

  Decision decide(GroupCommand command) {
    return GroupRules.decide(group, command, now);
  }

  /** Why a command is refused; empty if it is accepted. */
  Optional<Reason> refusal(GroupCommand command) {
    return decide(command) instanceof Decision.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  /** Decides a command that must be accepted, and applies its events. */
  Scene accepts(GroupCommand command) {
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return apply(decision.events());
  }

  Scene apply(List<GroupEvent> events) {
    events.forEach(event -> group = group.evolve(event));
    return this;
  }

  Scene later(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** Opens a device's session in the current epoch and sends one envelope of this index. */
  Scene sends(DeviceAddress by, long index) {
    long epoch = group.epoch().number();
    appends(by, List.of(Fake.binding(by, epoch)), envelope(by, epoch, index));
    return this;
  }

  /** Decides one submission and applies its events; answers its outcomes. */
  List<Decision.Outcome> appends(
      DeviceAddress by, List<SessionBinding> bindings, Envelope... envelopes) {
    var submission = new GroupCommand.Submission(by, bindings, Arrays.asList(envelopes));
    var judged = (Decision.Judged) decide(new GroupCommand.Append(List.of(submission)));
    apply(judged.events());
    return judged.outcomes().get(0);
  }

  /** An envelope whose client id follows from its epoch and index. */
  static Envelope envelope(DeviceAddress by, long epoch, long index) {
    return envelope(by, epoch, index, Fake.clientId(epoch << 32 | index));
  }

  static Envelope envelope(DeviceAddress by, long epoch, long index, ClientId clientId) {
    return envelope(by, epoch, index, clientId, Fake.sessionKey(by, epoch));
  }

  static Envelope envelope(
      DeviceAddress by, long epoch, long index, ClientId clientId, Bytes sessionId) {
    return new Envelope(
        epoch, by, sessionId, index, clientId, Fake.bytes("ciphertext " + index, 40));
  }
}
