package io.karst.actors.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.karst.actors.ActorsConfig;
import io.karst.actors.KarstActors;
import io.karst.actors.feed.FeedReply;
import io.karst.actors.group.AppendReply;
import io.karst.actors.group.GroupReply;
import io.karst.actors.member.InboxChanged;
import io.karst.actors.member.InboxReply;
import io.karst.actors.member.MemberMessage;
import io.karst.actors.member.MemberReply;
import io.karst.actors.schema.SchemaInstaller;
import io.karst.domain.device.InboxItem;
import io.karst.domain.group.Decision.Outcome;
import io.karst.domain.group.GroupCommand.Submission;
import io.karst.domain.group.Receipt;
import io.karst.domain.id.GroupId;
import io.karst.journal.log.StoredRecord;
import io.karst.testkit.TestCassandra;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;

/** One node of a cluster, over a real Cassandra. Stopping and starting one again is a restart. */
public final class TestNode implements AutoCloseable {

  /** Far above what anything here takes on a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorSystem<Void> system;
  private final KarstActors actors;

  /** Of an actor system in which everything is started. */
  public TestNode(ActorSystem<Void> system, KarstActors actors) {
    this.system = system;
    this.actors = actors;
  }

  /** Installs the schema into the test class's keyspace, for all nodes that follow. */
  public static void install(TestCassandra cassandra) {
    SchemaInstaller.install(cassandra.contactPoint(), cassandra.datacenter(), cassandra.keyspace());
  }

  /** A node alone in its cluster, with the shipped settings but for {@code overrides}. */
  public static TestNode start(TestCassandra cassandra, InstantSource clock, String... overrides) {
    ActorSystem<Void> system = system(cassandra, overrides);
    return new TestNode(system, KarstActors.start(system, clock));
  }

  /** The actor system of such a node, with nothing started. */
  public static ActorSystem<Void> system(TestCassandra cassandra, String... overrides) {
    return system(cassandra.contactPoint(), cassandra.keyspace(), overrides);
  }

  /** The same over another Cassandra. */
  public static ActorSystem<Void> system(
      InetSocketAddress contactPoint, String keyspace, String... overrides) {
    Config own = ConfigFactory.parseString("""
            pekko.remote.artery.canonical.port = 0
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            pekko.cluster.jmx.enabled = off
            pekko.cluster.gossip-interval = 200ms
            pekko.cluster.leader-actions-interval = 200ms
            pekko.cluster.periodic-tasks-initial-delay = 200ms
            pekko.cluster.sharding.retry-interval = 200ms
            karst.actors.ask-timeout = 60s
            karst.actors.keyspace = %s
            datastax-java-driver.basic.contact-points = ["%s:%d"]
            """.formatted(
            keyspace, contactPoint.getAddress().getHostAddress(), contactPoint.getPort()));
    Config config = ConfigFactory.parseString(String.join("\n", overrides)).withFallback(own);
    return ActorSystem.create(
        Behaviors.empty(), ActorsConfig.SYSTEM_NAME, ActorsConfig.load(config));
  }

  /** Registers members, each with some one-time keys. */
  public void register(int oneTimeKeys, List<TestDevice> devices) {
    for (TestDevice device : devices) {
      MemberReply reply =
          await(actors.members().ask(device.member(), device.register(oneTimeKeys)));
      assertThat(reply).isInstanceOf(MemberReply.Stored.class);
    }
  }

  /** Creates a group. */
  public void create(TestGroup group) {
    assertDone(await(actors.groups().ask(group.id(), group.create())));
  }

  /** The command was carried out. */
  public static void assertDone(GroupReply reply) {
    assertThat(reply).isInstanceOf(GroupReply.Done.class);
  }

  /** Appends one frame and answers the receipts of its envelopes, all of which are taken. */
  public List<Receipt> append(TestGroup group, Submission frame) {
    return receipts(await(actors.groups().append(group.id(), frame)));
  }

  /** The whole log, which has less than 4 MiB. */
  public List<StoredRecord> log(TestGroup group) {
    return await(actors.journal().readFrom(group.id(), 0, 4 << 20));
  }

  /**
   * Reads the log until it is as wanted, as a stream does: from the feed while it can, from the
   * journal when it is behind.
   */
  public List<StoredRecord> awaitLog(TestGroup group, Predicate<List<StoredRecord>> wanted) {
    return awaitLog(group.id(), wanted);
  }

  /** Likewise. */
  public List<StoredRecord> awaitLog(GroupId group, Predicate<List<StoredRecord>> wanted) {
    TestProbe<FeedReply> reader = TestProbe.create(system);
    var seen = new ArrayList<StoredRecord>();
    long next = 0;
    while (!wanted.test(seen)) {
      actors.feeds().next(group, next, reader.getRef());
      FeedReply reply = reader.receiveMessage(PATIENCE);
      seen.addAll(
          reply instanceof FeedReply.Records live
              ? live.records()
              : await(actors.journal().readFrom(group, next, 1000)));
      next = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).nextOffset();
    }
    return seen;
  }

  /** Waits until a device's inbox, of less than 100 items, is as wanted. */
  public void awaitInbox(TestDevice device, Predicate<List<InboxItem>> wanted) {
    TestProbe<InboxChanged> watcher = TestProbe.create(system);
    var watch = new MemberMessage.WatchInbox(device.address().device(), watcher.getRef());
    actors.members().tell(device.member(), watch);
    InboxReply reply;
    do {
      watcher.receiveMessage(PATIENCE);
      reply = await(actors.members().inbox(device.address(), 0, 100));
    } while (!wanted.test(((InboxReply.Page) reply).items()));
  }

  /** The receipts of a frame's envelopes, all of which were taken. */
  public static List<Receipt> receipts(AppendReply reply) {
    assertThat(reply).isInstanceOf(AppendReply.Judged.class);
    return ((AppendReply.Judged) reply)
        .outcomes().stream().map(outcome -> ((Outcome.Taken) outcome).receipt()).toList();
  }

  /** The session that the journal's plugin has. */
  public CqlSession session() {
    return await(CassandraSessionRegistry.get(system)
        .sessionFor("pekko.persistence.cassandra")
        .underlying());
  }

  public ActorSystem<Void> system() {
    return system;
  }

  public KarstActors actors() {
    return actors;
  }

  /** Waits for an answer. */
  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Hands over what is on this node and leaves the cluster. */
  public CompletionStage<Done> leave() {
    return CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.actorSystemTerminateReason());
  }

  /** Stops the node at once, without a word to its actors or to the cluster, and waits for it. */
  @Override
  public void close() {
    system.terminate();
    await(system.getWhenTerminated());
  }
}
