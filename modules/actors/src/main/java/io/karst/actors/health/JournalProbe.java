package io.karst.actors.health;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Asks the journal for a row that does not exist, as an entity would that recovers. */
final class JournalProbe {

  private final CqlSession session;
  private final SimpleStatement query;
  private final Duration timeout;

  /**
   * A probe of the tables and with the consistency of this plugin's configuration.
   *
   * @param plugin {@code pekko.persistence.cassandra}
   */
  JournalProbe(CqlSession session, Config plugin, Duration timeout) {
    this.session = session;
    this.timeout = timeout;
    String select = "SELECT sequence_nr FROM %s.%s WHERE persistence_id = 'health'"
        + " AND partition_nr = 0 LIMIT 1";
    this.query = SimpleStatement.builder(select.formatted(
            plugin.getString("journal.keyspace"), plugin.getString("journal.table")))
        .setExecutionProfileName(plugin.getString("read-profile"))
        .setTimeout(timeout)
        .build();
  }

  /** Whether the journal answered in time; never fails. */
  CompletionStage<Boolean> ask() {
    // Time spent waiting in the driver's own queue counts as well.
    return session
        .executeAsync(query)
        .thenApply(rows -> true)
        .toCompletableFuture()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> false);
  }
}
