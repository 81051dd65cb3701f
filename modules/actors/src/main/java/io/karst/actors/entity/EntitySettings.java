package io.karst.actors.entity;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.slf4j.event.Level;

/**
 * How one kind of entity is run.
 *
 * @param snapshotEvery rows between two snapshots
 * @param snapshotsKept of each entity
 * @param restartMin delay before an entity restarts whose journal failed; doubled each time
 * @param restartMax longest such delay
 */
public record EntitySettings(
    int snapshotEvery, int snapshotsKept, Duration restartMin, Duration restartMax) {

  /** Spreads the restarts of many entities, so that they do not meet Cassandra all at once. */
  private static final double RESTART_JITTER = 0.2;

  /** Reads {@code karst.actors}, of it the section of one kind. */
  public static EntitySettings from(Config config, String kind) {
    return new EntitySettings(
        config.getInt(kind + ".snapshot-every"),
        config.getInt(kind + ".snapshots-kept"),
        config.getDuration("restart.min-backoff"),
        config.getDuration("restart.max-backoff"));
  }

  /** Snapshots replace each other; rows of the journal are never deleted. */
  public RetentionCriteria retention() {
    return RetentionCriteria.snapshotEvery(snapshotEvery, snapshotsKept);
  }

  public BackoffSupervisorStrategy restart() {
    return SupervisorStrategy.restartWithBackoff(restartMin, restartMax, RESTART_JITTER)
        .withLogLevel(Level.WARN);
  }
}
