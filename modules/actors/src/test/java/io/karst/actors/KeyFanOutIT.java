package io.karst.actors;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.member.InboxReply;
import io.karst.actors.member.MemberEntity;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.device.InboxItem.SealedEpochKey;
import io.karst.domain.group.GroupEvent.EpochKeysDelivered;
import io.karst.domain.id.MemberId;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A new epoch's keys reach every inbox once, whatever happens on the way. */
class KeyFanOutIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final TestClock CLOCK = new TestClock();
  private static final long EPOCHS = 12;
  private static final List<TestDevice> DEVICES =
      IntStream.range(0, 5).mapToObj(i -> TestDevice.of("m" + i)).toList();

  @BeforeAll
  static void install() {
    TestNode.install(CASSANDRA);
    try (TestNode node = node(message -> true)) {
      node.register(0, DEVICES);
    }
  }

  @Test
  void goesOnWhereACrashBetweenTheEpochAndItsDeliveryLeftIt() {
    var group = new TestGroup("crashed", DEVICES);
    try (TestNode node = node(message -> !(message instanceof MemberMessage.Deliver))) {
      node.create(group);
      commitAll(node, group);
      assertThat(node.log(group)).noneMatch(r -> r.event() instanceof EpochKeysDelivered);
    }
    try (TestNode node = node(message -> true)) {
      await(node.actors().groups().view(group.id(), group.owner().address()));
      node.awaitLog(group, log -> delivered(log).size() == EPOCHS);
      assertThat(delivered(node.log(group)))
          .isEqualTo(LongStream.rangeClosed(1, EPOCHS).boxed().toList());
      DEVICES.forEach(device -> assertEachKeyOnce(node, group, device));
    }
  }

  @Test
  void tellsAgainWhoeverDidNotHearIt() {
    var group = new TestGroup("lossy", DEVICES);
    Set<MemberId> deafOnce = ConcurrentHashMap.newKeySet();
    Predicate<MemberMessage> secondTime = message -> !(message instanceof MemberMessage.Deliver d)
        || !deafOnce.add(d.command().keys().get(0).device().member());
    try (TestNode node = node(secondTime)) {
      node.create(group);
      commitAll(node, group);
      node.awaitLog(group, log -> delivered(log).size() == EPOCHS);
      DEVICES.forEach(device -> assertEachKeyOnce(node, group, device));
    }
    assertThat(deafOnce).hasSize(DEVICES.size());
  }

  @Test
  void neitherTheGroupNorItsOtherMembersWaitForOneThatDoesNotAnswer() {
    var group = new TestGroup("slow", DEVICES);
    TestDevice deaf = DEVICES.get(2);
    try (TestNode node = node(message -> !(message instanceof MemberMessage.Deliver deliver)
        || !deliver.command().keys().get(0).device().equals(deaf.address()))) {
      node.create(group);
      for (long epoch = 2; epoch <= 4; epoch++) {
        await(node.actors().groups().ask(group.id(), group.commit(epoch)));
        node.append(group, group.frame(DEVICES.get(0), epoch, 0, 1));
      }
      for (TestDevice device : DEVICES) {
        if (!device.equals(deaf)) {
          node.awaitInbox(device, items -> items.size() == 4);
        }
      }
      assertThat(delivered(node.log(group))).isEmpty();
    }
  }

  private static void commitAll(TestNode node, TestGroup group) {
    LongStream.rangeClosed(2, EPOCHS)
        .forEach(epoch -> await(node.actors().groups().ask(group.id(), group.commit(epoch))));
  }

  private static void assertEachKeyOnce(TestNode node, TestGroup group, TestDevice device) {
    InboxReply reply = await(node.actors().members().inbox(device.address(), 0, 100));
    List<SealedEpochKey> keys = ((InboxReply.Page) reply)
        .items().stream()
            .map(SealedEpochKey.class::cast)
            .filter(item -> item.group().equals(group.id()))
            .toList();
    assertThat(keys)
        .extracting(SealedEpochKey::epoch)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, EPOCHS).boxed().toList());
    assertThat(keys).allMatch(item -> item.key().equals(device.sealed(item.epoch())));
  }

  private static List<Long> delivered(List<StoredRecord> log) {
    return log.stream()
        .map(StoredRecord::event)
        .filter(EpochKeysDelivered.class::isInstance)
        .map(event -> ((EpochKeysDelivered) event).epoch())
        .toList();
  }

  /** A node whose members hear only what {@code heard} lets through. */
  private static TestNode node(Predicate<MemberMessage> heard) {
    ActorSystem<Void> system = TestNode.system(
        CASSANDRA,
        "karst.actors.fan-out.answer-timeout = 200ms",
        "karst.actors.fan-out.min-backoff = 50ms");
    var needs = KarstActors.memberNeeds(system, CLOCK);
    return new TestNode(
        system,
        KarstActors.start(
            system,
            CLOCK,
            member ->
                Behaviors.intercept(() -> new Hearing(heard), MemberEntity.create(member, needs))));
  }

  /** Drops what is not heard. */
  private static final class Hearing extends BehaviorInterceptor<MemberMessage, MemberMessage> {

    private final Predicate<MemberMessage> heard;

    Hearing(Predicate<MemberMessage> heard) {
      super(MemberMessage.class);
      this.heard = heard;
    }

    @Override
    public Behavior<MemberMessage> aroundReceive(
        TypedActorContext<MemberMessage> context,
        MemberMessage message,
        ReceiveTarget<MemberMessage> target) {
      return heard.test(message) ? target.apply(context, message) : Behaviors.same();
    }
  }
}
