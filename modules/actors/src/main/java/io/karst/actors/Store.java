package io.karst.actors;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.karst.actors.schema.StoreCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;

/** The session with Cassandra that the journal's plugin has, once it is known to be of use. */
final class Store {

  private static final String PLUGIN = "pekko.persistence.cassandra";

  private Store() {}

  /**
   * Waits for Cassandra; throws {@link ActorsStartException} if it does not answer or lacks the
   * schema.
   */
  static CqlSession connect(ActorSystem<?> system, Duration timeout) {
    CqlSession session = session(system, timeout);
    List<String> missing;
    try {
      missing = StoreCheck.missing(session, system.settings().config().getConfig(PLUGIN));
    } catch (DriverException e) {
      throw new ActorsStartException("Cassandra does not answer: " + e.getMessage(), e);
    }
    if (!missing.isEmpty()) {
      throw new ActorsStartException(
          "Cassandra lacks " + String.join(", ", missing) + ": apply config/cassandra/schema.cql");
    }
    return session;
  }

  private static CqlSession session(ActorSystem<?> system, Duration timeout) {
    try {
      return CassandraSessionRegistry.get(system)
          .sessionFor(PLUGIN)
          .underlying()
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ActorsStartException(
          "Cassandra at %s cannot be reached for %d s now"
              .formatted(contactPoints(system), timeout.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw new ActorsStartException(
          "Cassandra at %s: %s".formatted(contactPoints(system), e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ActorsStartException("interrupted while waiting for Cassandra", e);
    }
  }

  private static List<String> contactPoints(ActorSystem<?> system) {
    return system.settings().config().getStringList("datastax-java-driver.basic.contact-points");
  }
}
