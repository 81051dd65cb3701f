package io.karst.testkit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.karst.cassandra.CassandraStartException;
import io.karst.cassandra.EmbeddedCassandra;
import io.karst.cassandra.NodeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Gives a test class a real Cassandra and a keyspace of its own.
 *
 * <p>The node is started for the first class that asks, shared by all classes of the test JVM, and
 * killed when that JVM ends. Register it in a static field, see {@link RegisterExtension}:
 *
 * <pre>{@code
 * @RegisterExtension static final TestCassandra CASSANDRA = new TestCassandra();
 * }</pre>
 *
 * <p>Tests that stop or kill a node start one of their own with {@link #ownNode()}.
 */
public final class TestCassandra implements BeforeAllCallback {

  /** Cassandra refuses longer names. */
  private static final int KEYSPACE_NAME_MAX = 48;

  /** A schema statement takes seconds where several builds share a machine. */
  private static final Duration REQUEST_MAX = Duration.ofSeconds(60);

  private static final AtomicInteger NEXT = new AtomicInteger();

  private String keyspace = "";

  @Override
  public void beforeAll(ExtensionContext context) {
    var name = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
    var end = "_" + NEXT.getAndIncrement();
    keyspace = name.substring(0, Math.min(name.length(), KEYSPACE_NAME_MAX - end.length())) + end;
    try (var session = session()) {
      session.execute("CREATE KEYSPACE "
          + keyspace
          + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    }
  }

  /** Where drivers connect. */
  public InetSocketAddress contactPoint() {
    return Shared.NODE.contactPoint();
  }

  /** The data centre that drivers must name. */
  public String datacenter() {
    return EmbeddedCassandra.DATACENTER;
  }

  /** The keyspace of this test class; it exists and is empty when the class starts. */
  public String keyspace() {
    return keyspace;
  }

  /** A new session without a keyspace, for the caller to close. */
  public CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(contactPoint())
        .withLocalDatacenter(EmbeddedCassandra.DATACENTER)
        .withConfigLoader(DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_MAX)
            .build())
        .build();
  }

  /** Options for a node that belongs to one test, with a new data folder under {@code target}. */
  public static NodeOptions ownNode() {
    try {
      var parent = Files.createDirectories(Path.of("target", "cassandra"));
      return NodeOptions.in(Files.createTempDirectory(parent.toAbsolutePath(), "node"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Started by whoever touches it first; the loading of the class is the lock. */
  private static final class Shared {

    static final EmbeddedCassandra NODE = start();

    private static EmbeddedCassandra start() {
      try {
        var node = EmbeddedCassandra.start(ownNode());
        Runtime.getRuntime().addShutdownHook(new Thread(node::kill, "cassandra-kill"));
        return node;
      } catch (CassandraStartException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
