package io.karst.actors;

import static io.karst.actors.scene.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.group.AppendReply;
import io.karst.actors.member.AccountReply;
import io.karst.actors.member.GroupTeller;
import io.karst.actors.member.MemberEntity;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.MemberNeeds;
import io.karst.actors.member.MemberReply;
import io.karst.actors.member.Members;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestGroup;
import io.karst.actors.scene.TestNode;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.device.MemberCommand.ChangeDevices;
import io.karst.domain.epoch.RotationReason;
import io.karst.domain.group.Decision.Outcome;
import io.karst.domain.group.GroupEvent.DevicesRevoked;
import io.karst.domain.group.GroupEvent.EpochKeysDelivered;
import io.karst.domain.group.GroupEvent.RotationDue;
import io.karst.domain.id.DeviceId;
import io.karst.domain.id.GroupId;
import io.karst.domain.refusal.Reason;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member's groups learn of its devices, whatever becomes of its actor while it tells them. */
class DeviceNewsIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  /** More than a member tells at the same time. */
  private static final int GROUPS = 21;

  private static final TestClock CLOCK = new TestClock();
  private static final TestDevice ADA = TestDevice.of("ada");
  private static final TestDevice EVE = TestDevice.of("eve");
  private static final TestDevice EVES_TABLET = EVE.beside("tablet");

  private final List<TestGroup> groups = IntStream.range(0, GROUPS)
      .mapToObj(i -> new TestGroup("group-" + i, List.of(ADA, EVE)))
      .toList();
  private final BlockingQueue<MemberMessage> heard = new LinkedBlockingQueue<>();
  private volatile Predicate<MemberMessage> deadly = message -> false;
  private volatile boolean broken;

  /**
   * The actor dies as it hears that groups were told, so that it records nothing; then, when it has
   * recorded the first of them, as it is about to try the others again. Meanwhile some groups are
   * told and nobody hears that, and others are not told at all.
   */
  @Test
  void everyGroupTakesNoteOfARevokedDeviceOnceThoughTheActorDiesWhileItTellsThem() {
    TestNode.install(CASSANDRA);
    try (TestNode node = node()) {
      node.register(0, List.of(ADA, EVE));
      groups.forEach(node::create);
      groups.forEach(group ->
          node.awaitLog(group, log -> count(log, EpochKeysDelivered.class) > 0));
      change(node, addition());
      awaitRecorded(GROUPS);

      broken = true;
      deadly = MemberMessage.GroupsTold.class::isInstance;
      change(node, revocation());
      hear(MemberMessage.GroupsTold.class);
      deadly = MemberMessage.StayAwake.class::isInstance;
      wake(node);
      hear(MemberMessage.StayAwake.class);
      deadly = message -> false;
      broken = false;
      wake(node);
      awaitRecorded(GROUPS - GROUPS / 3);

      groups.forEach(group -> assertTookNoteOnce(node, group));
    }
  }

  private static void assertTookNoteOnce(TestNode node, TestGroup group) {
    List<StoredRecord> log = node.awaitLog(group, seen -> count(seen, DevicesRevoked.class) > 0);
    assertThat(log)
        .extracting(StoredRecord::event)
        .filteredOn(DevicesRevoked.class::isInstance)
        .singleElement()
        .isEqualTo(new DevicesRevoked(EVE.member(), List.of(device(EVE)), CLOCK.instant()));
    assertThat(log)
        .extracting(StoredRecord::event)
        .filteredOn(RotationDue.class::isInstance)
        .extracting(event -> ((RotationDue) event).reason())
        .containsExactly(RotationReason.DEVICE_ADDED, RotationReason.DEVICE_REMOVED);
    AppendReply late = await(node.actors().groups().append(group.id(), group.frame(EVE, 1, 0, 1)));
    assertThat(((AppendReply.Judged) late).outcomes())
        .containsExactly(new Outcome.Rejected(Reason.DEVICE_REVOKED));
  }

  private static DeviceId device(TestDevice of) {
    return of.address().device();
  }

  private static ChangeDevices addition() {
    var next = new DeviceList(
        EVE.member(),
        2,
        Bytes.copyOf(new byte[32]),
        List.of(EVE.identity(), EVES_TABLET.identity()),
        device(EVE),
        EVE.list().signature());
    return new ChangeDevices(
        EVE.address(),
        EVE.list(),
        next,
        List.of(EVES_TABLET.register(0).fallbackKey()),
        Bytes.copyOf(new byte[32]));
  }

  private static ChangeDevices revocation() {
    DeviceList previous = addition().next();
    var next = new DeviceList(
        EVE.member(),
        3,
        Bytes.copyOf(new byte[32]),
        List.of(EVES_TABLET.identity()),
        device(EVES_TABLET),
        previous.signature());
    return new ChangeDevices(EVES_TABLET.address(), previous, next, List.of(), Bytes.EMPTY);
  }

  private static void change(TestNode node, ChangeDevices change) {
    assertThat(await(node.actors().members().ask(EVE.member(), change)))
        .isEqualTo(new MemberReply.Done());
  }

  /** Until it answers: what is said to an actor that is just dying is lost. */
  private static void wake(TestNode node) {
    var impatient = new Members(node.system(), Duration.ofMillis(500));
    AccountReply reply;
    do {
      reply = await(impatient.account(EVE.member()));
    } while (reply instanceof AccountReply.Refused);
  }

  private static long count(List<StoredRecord> log, Class<?> kind) {
    return log.stream().map(StoredRecord::event).filter(kind::isInstance).count();
  }

  /** Takes what the member heard up to one message of this kind. */
  private <M extends MemberMessage> M hear(Class<M> kind) {
    MemberMessage next = poll();
    while (!kind.isInstance(next)) {
      next = poll();
    }
    return kind.cast(next);
  }

  /** Until so many groups are recorded as told, each once. */
  private void awaitRecorded(int count) {
    Set<GroupId> recorded = new HashSet<>();
    while (recorded.size() < count) {
      List<GroupId> told = hear(MemberMessage.GroupsTold.class).groups();
      assertThat(recorded).doesNotContainAnyElementsOf(told);
      recorded.addAll(told);
    }
    assertThat(recorded).hasSize(count);
  }

  private MemberMessage poll() {
    try {
      return Optional.ofNullable(heard.poll(TestNode.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .orElseThrow(() -> new AssertionError("the member hears nothing"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private TestNode node() {
    ActorSystem<Void> system = TestNode.system(CASSANDRA);
    MemberNeeds whole = KarstActors.memberNeeds(system, CLOCK);
    var needs = new MemberNeeds(whole.members(), brittle(whole.groups()), CLOCK, whole.settings());
    return new TestNode(
        system,
        KarstActors.start(
            system,
            CLOCK,
            member -> member.equals(EVE.member())
                ? Behaviors.intercept(Dying::new, MemberEntity.create(member, needs))
                : MemberEntity.create(member, whole)));
  }

  /** Of three groups it reaches two, and hears from one, as long as all is broken. */
  private GroupTeller brittle(GroupTeller whole) {
    List<GroupId> ids = groups.stream().map(TestGroup::id).toList();
    return (group, list) -> {
      int place = broken ? ids.indexOf(group) % 3 : 0;
      return place == 2
          ? CompletableFuture.completedStage(false)
          : whole.tell(group, list).thenApply(noted -> noted && place == 0);
    };
  }

  /** Stops the actor when it hears what is deadly. */
  private final class Dying extends BehaviorInterceptor<MemberMessage, MemberMessage> {

    Dying() {
      super(MemberMessage.class);
    }

    @Override
    public Behavior<MemberMessage> aroundReceive(
        TypedActorContext<MemberMessage> context,
        MemberMessage message,
        ReceiveTarget<MemberMessage> target) {
      heard.add(message);
      return deadly.test(message) ? Behaviors.stopped() : target.apply(context, message);
    }
  }
}
