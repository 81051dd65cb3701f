package io.karst.actors;

import static io.karst.actors.scene.TestNode.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.actors.group.AppendReply;
import io.karst.actors.group.GroupMessage;
import io.karst.actors.group.Groups;
import io.karst.actors.member.MemberEntity;
import io.karst.actors.scene.TestClock;
import io.karst.actors.scene.TestDevice;
import io.karst.actors.scene.TestNode;
import io.karst.domain.bytes.Bytes;
import io.karst.domain.device.DeviceList;
import io.karst.domain.group.GroupCommand.NoteOwnerDevices;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.GroupEvent.OwnerMessageSent;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.ClientId;
import io.karst.domain.id.GroupId;
import io.karst.domain.owner.OwnerCopy;
import io.karst.domain.owner.OwnerMessage;
import io.karst.journal.log.StoredRecord;
import io.karst.proof.statement.DeviceStatements;
import io.karst.testkit.TestCassandra;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages to own devices, each sent again until it is answered, while the log's actor dies. */
class OwnerMessagesIT {

  @RegisterExtension
  static final TestCassandra CASSANDRA = new TestCassandra();

  private static final int MESSAGES = 12;

  /** Half a second each at most. */
  private static final int ATTEMPTS_MAX = 60;

  private static final TestClock CLOCK = new TestClock();
  private static final GroupMessage DIE = new GroupMessage.StayAwake();

  private static volatile Predicate<GroupMessage> deadly = DIE::equals;
  private static TestNode node;
  private static Groups groups;

  private TestDevice phone;
  private TestDevice tablet;
  private GroupId log;

  @BeforeAll
  static void start() {
    TestNode.install(CASSANDRA);
    ActorSystem<Void> system = TestNode.system(CASSANDRA);
    var needs = KarstActors.memberNeeds(system, CLOCK);
    KarstActors actors = KarstActors.start(
        system,
        CLOCK,
        member -> MemberEntity.create(member, needs),
        group -> Behaviors.intercept(Dying::new, group));
    node = new TestNode(system, actors);
    groups = new Groups(system, Duration.ofMillis(500));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void open() {
    phone = TestDevice.of("ada");
    tablet = phone.beside("tablet");
    log = DeviceStatements.ownerLogId(phone.member());
    var both = new DeviceList(
        phone.member(),
        2,
        Bytes.copyOf(new byte[32]),
        List.of(phone.identity(), tablet.identity()),
        phone.address().device(),
        phone.list().signature());
    TestNode.assertDone(await(node.actors()
        .groups()
        .ask(log, new NoteOwnerDevices(Optional.empty(), List.of(phone.list(), both)))));
  }

  @Test
  void areInTheLogOnceAndInOrderWheneverTheActorDies() {
    List<Receipt> receipts = IntStream.range(0, MESSAGES)
        .mapToObj(message -> switch (message % 4) {
          case 0 -> sentUntilTaken(message);
          case 1 -> sentToAnActorThatDiesBeforeItWrites(message);
          case 2 -> sentToAnActorThatDiesWhileItWrites(message);
          default -> sentToAnActorThatDiesBeforeItAnswers(message);
        })
        .toList();
    groups.tell(log, DIE);

    IntStream.range(0, MESSAGES)
        .forEach(i -> assertThat(sentUntilTaken(i)).isEqualTo(receipts.get(i)));
    List<StoredRecord> sent = logUntil(written -> sent(written).size() == MESSAGES);
    assertThat(sent(sent))
        .extracting(record -> ((OwnerMessageSent) record.event()).message())
        .containsExactlyElementsOf(
            IntStream.range(0, MESSAGES).mapToObj(this::message).toList());
    assertThat(sent(sent))
        .extracting(StoredRecord::firstOffset)
        .containsExactlyElementsOf(receipts.stream().map(Receipt::offset).toList());
  }

  private Receipt sentToAnActorThatDiesBeforeItWrites(int message) {
    deadly = GroupMessage.Flush.class::isInstance;
    assertThat(await(groups.append(log, frame(message)))).isInstanceOf(AppendReply.Refused.class);
    deadly = DIE::equals;
    return sentUntilTaken(message);
  }

  private Receipt sentToAnActorThatDiesWhileItWrites(int message) {
    var first = groups.append(log, frame(message));
    groups.tell(log, DIE);
    await(first);
    return sentUntilTaken(message);
  }

  private Receipt sentToAnActorThatDiesBeforeItAnswers(int message) {
    groups.tell(log, new GroupMessage.Append(0, frame(message), node.system().ignoreRef()));
    logUntil(written -> sent(written).size() == message + 1);
    groups.tell(log, DIE);
    return sentUntilTaken(message);
  }

  /** As often as a device does: until there is a receipt. */
  private Receipt sentUntilTaken(int message) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      AppendReply reply = await(groups.append(log, frame(message)));
      if (reply instanceof AppendReply.Judged) {
        return TestNode.receipts(reply).get(0);
      }
    }
    throw new AssertionError("message " + message + " is never taken");
  }

  private Submission frame(int number) {
    OwnerMessage message = message(number);
    return Submission.of(message.sender(), message);
  }

  /** The devices take turns. */
  private OwnerMessage message(int number) {
    TestDevice from = number % 2 == 0 ? phone : tablet;
    TestDevice to = number % 2 == 0 ? tablet : phone;
    Bytes text = Bytes.copyOf(("message " + number).getBytes(UTF_8));
    var copy = new OwnerCopy(to.address().device(), 1, text);
    return new OwnerMessage(
        from.address(), new ClientId(text), 2, List.of(copy), phone.list().signature());
  }

  private static List<StoredRecord> sent(List<StoredRecord> records) {
    return records.stream().filter(r -> r.event() instanceof OwnerMessageSent).toList();
  }

  private List<StoredRecord> logUntil(Predicate<List<StoredRecord>> wanted) {
    return node.awaitLog(log, wanted);
  }

  /** Stops the actor when it hears what is deadly. */
  private static final class Dying extends BehaviorInterceptor<GroupMessage, GroupMessage> {

    Dying() {
      super(GroupMessage.class);
    }

    @Override
    public Behavior<GroupMessage> aroundReceive(
        TypedActorContext<GroupMessage> context,
        GroupMessage message,
        ReceiveTarget<GroupMessage> target) {
      return deadly.test(message) ? Behaviors.stopped() : target.apply(context, message);
    }
  }
}
