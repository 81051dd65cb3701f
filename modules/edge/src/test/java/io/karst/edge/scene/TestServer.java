package io.karst.edge.scene;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.karst.domain.device.AccountRole;
import io.karst.edge.Api;
import io.karst.edge.status.ConformanceInterceptor;
import io.karst.testkit.TestCassandra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The whole API on a real socket, over real actors and a real Cassandra; every status that it sends
 * is checked.
 *
 * <p>Register it in a static field. The server is started for the first class that asks and shared
 * by all; but a cluster of two is its class's own.
 */
public final class TestServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final long SEED = 20260301;

  private static final Random RANDOM = new Random(SEED);

  private final Start start;
  private final boolean shared;
  private final TestCassandra cassandra;
  private final ConformanceInterceptor conformance = new ConformanceInterceptor();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private @Nullable RunningEdge running;
  private @Nullable ManagedChannel channel;

  /** The one that is shared. */
  public TestServer() {
    this(new TestCassandra(), true, RunningEdge::start);
  }

  private TestServer(TestCassandra cassandra, boolean shared, Start start) {
    this.cassandra = cassandra;
    this.shared = shared;
    this.start = start;
  }

  /** The first node of a cluster. */
  public static TestServer first() {
    return new TestServer(new TestCassandra(), false, RunningEdge::start);
  }

  /** Another node of a cluster; to be registered after its first. */
  public static TestServer beside(TestServer first) {
    return new TestServer(
        first.cassandra,
        false,
        (cassandra, random) -> started(first.running).join(cassandra, random));
  }

  private interface Start {
    RunningEdge start(TestCassandra cassandra, Random random) throws IOException;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running = shared
        ? context
            .getRoot()
            .getStore(Namespace.create(TestServer.class))
            .computeIfAbsent(RunningEdge.class, key -> start(context), RunningEdge.class)
        : start(context);
    channel = newChannel();
  }

  private RunningEdge start(ExtensionContext context) {
    if (cassandra.keyspace().isEmpty()) {
      cassandra.beforeAll(context);
    }
    try {
      return start.start(cassandra, RANDOM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails the test that was sent a status without a known reason. */
  @Override
  public void afterEach(ExtensionContext context) {
    conformance.verify();
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    for (ManagedChannel opened : channels) {
      opened.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
    if (!shared) {
      started(running).close();
    }
  }

  /** The connection that most tests of a class share. */
  public ManagedChannel channel() {
    return started(channel);
  }

  /** A connection of its own. */
  public ManagedChannel newChannel() {
    ManagedChannel opened = NettyChannelBuilder.forAddress(
            "127.0.0.1", started(running).server().getPort())
        .usePlaintext()
        .intercept(conformance)
        .build();
    channels.add(opened);
    return opened;
  }

  public Api api() {
    return started(running).api();
  }

  /** A token that enrols anybody. */
  public String enrolmentToken(AccountRole role) {
    return started(running).enrolment().issue(role, Duration.ofDays(1));
  }

  /** The seeded source of everything random. */
  public Random random() {
    return RANDOM;
  }

  /** A device of a new member, registered and with a token; the name is made unique. */
  public TestDevice device(String member) {
    return TestDevice.registered(this, unique(member), AccountRole.MEMBER);
  }

  public TestDevice auditor() {
    return TestDevice.registered(this, unique("auditor"), AccountRole.AUDITOR);
  }

  /** A member id that nobody has. */
  public String unique(String member) {
    return member + "-" + Long.toHexString(RANDOM.nextLong());
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the server has not started");
    }
    return part;
  }
}
