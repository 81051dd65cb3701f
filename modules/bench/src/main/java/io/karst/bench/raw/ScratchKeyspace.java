package io.karst.bench.raw;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.karst.bench.measure.LoadFailure;
import io.karst.bench.measure.LoadFailure.Kind;
import io.karst.bench.server.Target;
import java.time.Duration;

/** A keyspace of the tool's own in the server's Cassandra, dropped in the end. Thread-safe. */
public final class ScratchKeyspace implements AutoCloseable {

  /**
   * A schema statement takes seconds on a busy machine; a write may take Cassandra's own timeout.
   */
  private static final Duration STATEMENT_MAX = Duration.ofSeconds(60);

  private final CqlSession session;
  private final String name;
  private final PreparedStatement insert;

  private ScratchKeyspace(CqlSession session, String name, PreparedStatement insert) {
    this.session = session;
    this.name = name;
    this.insert = insert;
  }

  /**
   * Creates the keyspace with its one table, which is the journal's without what the journal adds.
   *
   * @param run tells the keyspaces of runs apart: lower-case letters and digits
   * @param replicas of each row, as many as the server's keyspace has for a fair comparison
   */
  public static ScratchKeyspace create(Target target, String run, int replicas) throws LoadFailure {
    CqlSession session = connect(target);
    String name = "karst_load_" + run;
    try {
      session.execute(
          "CREATE KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': %d}"
              .formatted(name, target.datacenter(), replicas));
      session.execute(
          "CREATE TABLE %s.rows (log text, part bigint, nr bigint, data blob,".formatted(name)
              + " PRIMARY KEY ((log, part), nr))");
      PreparedStatement insert = session.prepare(
          "INSERT INTO %s.rows (log, part, nr, data) VALUES (?, ?, ?, ?)".formatted(name));
      return new ScratchKeyspace(session, name, insert);
    } catch (DriverException e) {
      session.close();
      throw failure(e);
    }
  }

  CqlSession session() {
    return session;
  }

  /** Takes log, part, number and data. */
  PreparedStatement insert() {
    return insert;
  }

  static LoadFailure failure(Throwable thrown) {
    return new LoadFailure(Kind.UNREACHABLE, "Cassandra: " + thrown.getMessage());
  }

  @Override
  public void close() {
    try {
      session.execute("DROP KEYSPACE IF EXISTS " + name);
    } catch (DriverException e) {
      System.err.println("karst: keyspace " + name + " is left behind: " + e.getMessage());
    } finally {
      session.close();
    }
  }

  /** A session with the server's Cassandra, to be closed by the caller. */
  public static CqlSession connect(Target target) throws LoadFailure {
    var config = DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, STATEMENT_MAX)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, STATEMENT_MAX)
        .withString(
            DefaultDriverOption.REQUEST_CONSISTENCY, DefaultConsistencyLevel.LOCAL_QUORUM.name())
        .build();
    try {
      return CqlSession.builder()
          .addContactPoint(target.cassandra().address())
          .withLocalDatacenter(target.datacenter())
          .withConfigLoader(config)
          .build();
    } catch (DriverException | IllegalStateException e) {
      throw new LoadFailure(
          Kind.UNREACHABLE,
          "no Cassandra answers on " + target.cassandra() + " (" + e.getMessage() + ")");
    }
  }
}
